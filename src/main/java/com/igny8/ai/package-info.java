/** The engine every AI operation goes through, and who provides the intelligence. */
@NullMarked
@ApplicationModule(allowedDependencies = {"tenancy", "jobs", "catalog", "account", "credit"})
package com.igny8.ai;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
