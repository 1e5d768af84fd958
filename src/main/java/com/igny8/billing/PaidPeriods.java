package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.Accounts;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.InvoicePaid;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Objects;

/** Turns payment into service, in the transaction of the payment. */
@Component
class PaidPeriods {
    private final Subscriptions subscriptions;
    private final MonthlyCredits credits;
    private final Accounts accounts;
    private final AccountClock clock;

    PaidPeriods(
            Subscriptions subscriptions,
            MonthlyCredits credits,
            Accounts accounts,
            AccountClock clock) {
        this.subscriptions = subscriptions;
        this.credits = credits;
        this.accounts = accounts;
        this.clock = clock;
    }

    @EventListener
    void onPaid(InvoicePaid paid) {
        Invoice invoice = paid.invoice();
        switch (invoice.purpose()) {
            case SUBSCRIPTION_START -> begin(months(invoice));
            case SUBSCRIPTION_RENEWAL -> renew(invoice);
            case PLAN_CHANGE, CREDIT_PACK, MANUAL -> {}
        }
    }

    /** What was ordered begins when it is paid, not when it was ordered. */
    private void begin(int months) {
        Subscription subscription = subscriptions.locked();
        prolong(subscription, subscription.paidFrom(clock.now()), months);
    }

    /**
     * Within the days that are left to pay, the new period follows the old without a gap; later it
     * begins with the payment.
     */
    private void renew(Invoice invoice) {
        Subscription subscription = subscriptions.locked();
        Instant from =
                switch (accounts.current().status()) {
                    case TRIAL, ACTIVE -> subscription.currentPeriodEnd();
                    case SUSPENDED, CANCELLED, PENDING_PAYMENT ->
                            subscription.paidFrom(clock.now());
                };
        prolong(subscription, from, months(invoice));
    }

    private static int months(Invoice invoice) {
        InvoiceLine line = invoice.lines().getFirst();
        return Months.since(
                Objects.requireNonNull(line.periodStart()),
                Objects.requireNonNull(line.periodEnd()));
    }

    /** Extends the bound account's subscription by months that are paid for. */
    Subscription prolong(Subscription subscription, Instant from, int months) {
        Subscription prolonged = subscriptions.prolong(subscription, from, months);
        credits.give(prolonged, from, months);
        accounts.activate();
        return prolonged;
    }
}
