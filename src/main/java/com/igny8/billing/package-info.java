/** What an account agreed to pay for: subscriptions. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "http", "catalog", "account"})
package com.igny8.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
