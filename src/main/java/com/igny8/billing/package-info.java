/** What an account agreed to pay for: subscriptions, from their start to their end. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel", "tenancy", "http", "mail", "catalog", "account", "credit", "invoice",
            "payment"
        })
package com.igny8.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
