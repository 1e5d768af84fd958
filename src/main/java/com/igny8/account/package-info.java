/** Accounts, their members, and the one gate that lets somebody into one. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "tenancy", "http", "jobs", "mail", "catalog", "identity"})
package com.igny8.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
