/** Who somebody is: users, passwords, sessions, tokens. Not what they may do. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "http", "mail"})
package com.igny8.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
