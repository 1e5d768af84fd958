/** Letters to people: an outbox filled in the transaction that causes the letter. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "tenancy"})
package com.igny8.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
