/** The operator's pages and API, and the first operator. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "tenancy",
            "http",
            "mail",
            "catalog",
            "identity",
            "account",
            "audit",
            "credit",
            "invoice",
            "payment",
            "billing",
            "bank"
        })
package com.igny8.console;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
