/** What was done, by whom and from where: the audit log, for those who may read it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "http", "identity"})
package com.igny8.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
