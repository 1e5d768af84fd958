/** The credit ledger: prepaid, append-only, never below zero. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "http", "mail", "account"})
package com.igny8.credit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
