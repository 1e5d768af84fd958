/** What is sold and what it is about: plans, credit costs, industries. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "http"})
package com.igny8.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
