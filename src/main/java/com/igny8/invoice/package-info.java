/** What is owed: invoices with numbers that leave no gap, tax, and money that customers have. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "tenancy", "http", "mail", "account"})
package com.igny8.invoice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
