/** The conventions of the HTTP API: envelope, errors, request ids, throttle, OpenAPI. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "tenancy"})
package com.igny8.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
