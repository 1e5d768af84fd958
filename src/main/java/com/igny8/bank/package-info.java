/**
 * Money that comes into the operator's bank account: how customers are told to send it, what the
 * bank's statements say came in, and the operator's word that it did, which pays an invoice.
 *
 * <p>Nothing below knows of it: what a paid invoice brings about is the same however it is paid.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel", "tenancy", "http", "mail", "account", "credit", "invoice", "payment",
            "billing"
        })
package com.igny8.bank;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
