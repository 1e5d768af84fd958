package com.igny8.billing;

import com.igny8.catalog.Plan;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.NewInvoice;
import com.igny8.invoice.Tax;
import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What changing to a plan comes to.
 *
 * @param takesEffectAt when the plan is another one; if that is when something is paid, now
 * @param creditsAdded what the change itself brings
 */
record PlanChange(
        Subscription before,
        Plan plan,
        BillingInterval interval,
        Effect effect,
        Instant takesEffectAt,
        long creditsAdded,
        @Nullable Bill bill) {

    /** When it comes about. */
    enum Effect {
        /** Nothing is to be paid for it. */
        AT_ONCE,
        /** When its invoice is paid. */
        WHEN_PAID,
        /** When what was paid for is used up. */
        AT_PERIOD_END,
        /** A change that was to come is called off. */
        KEPT;

        /** As in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The invoice that results.
     *
     * @param fromBalance what the customer's own money with us pays of it
     */
    record Bill(NewInvoice invoice, Tax.Amounts amounts, Money fromBalance) {
        public Money due() {
            return amounts.total().minus(fromBalance);
        }

        public List<InvoiceLine> lines() {
            return invoice.lines();
        }
    }
}
