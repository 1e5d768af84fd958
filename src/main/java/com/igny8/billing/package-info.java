/**
 * What an account agreed to pay for: its one subscription, from its order to its end.
 *
 * <p>It is one room, for all of its size, because it is one thing: each part takes the one row of
 * the subscription a step further and leaves with it what is due next ({@code Agenda}). Orders
 * begin it, paid invoices extend it ({@code PaidPeriods}), {@code PlanChanges} put it on other
 * terms, {@code BillingRun} renews it, asks for money and ends it, and a test clock has the same
 * run live through months. Cut in two, either half would have to open the steps to the other. Packs
 * of credits are no part of it, but are ordered, charged and told of in its ways.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel", "tenancy", "http", "mail", "catalog", "account", "credit", "invoice",
            "payment"
        })
package com.igny8.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
