/** Keywords, their clusters, and what to write about them. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel", "tenancy", "http", "jobs", "catalog", "account", "site", "ai"
        })
package com.igny8.planner;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
