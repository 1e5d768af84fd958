/** The frame around every page, the pages before signing in, and the assets. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"tenancy", "catalog", "identity", "account", "credit", "billing"})
package com.igny8.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
