/**
 * Who acts on which account, and the two walls between accounts: the bound {@link
 * com.igny8.tenancy.Caller} in code and row level security in the database.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package com.igny8.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
