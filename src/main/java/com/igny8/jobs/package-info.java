/** Long work: a queue in the database, with progress, fair between accounts; and what recurs. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "http"})
package com.igny8.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
