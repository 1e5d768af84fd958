/**
 * Events told to the addresses that customers and operators name: signed, retried, kept a while.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel", "tenancy", "http", "jobs", "mail", "account", "credit", "invoice", "payment",
            "billing"
        })
package com.igny8.webhook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
