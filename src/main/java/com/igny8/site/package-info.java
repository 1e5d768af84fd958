/** The web sites of an account, their lines of business, and who may reach which. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "tenancy",
            "http",
            "jobs",
            "catalog",
            "identity",
            "account",
            "billing"
        })
package com.igny8.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
