/** What was paid, and how: payment methods, payments, and the providers that move the money. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "tenancy", "http", "mail", "account", "invoice"})
package com.igny8.payment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
