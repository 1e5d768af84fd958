/** The way in: one transaction that ties user, account, plan and credits; and signing in. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "tenancy",
            "http",
            "catalog",
            "identity",
            "account",
            "credit",
            "billing",
            "payment"
        })
package com.igny8.signup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
