package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;

/** What becomes of the subscription when an operator opens the bound account again. */
@Component
public class Reinstatement {
    private static final Duration TIME_TO_PAY = Duration.ofDays(1);

    private final TenantTransactions transactions;
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final OpenInvoices openInvoices;
    private final AccountClock clock;

    Reinstatement(
            TenantTransactions transactions,
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            OpenInvoices openInvoices,
            AccountClock clock) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.openInvoices = openInvoices;
        this.clock = clock;
    }

    /**
     * Time in which nobody could use the account is not billed: the next period begins now. What
     * was unpaid is asked for anew.
     */
    public void goOn() {
        transactions.run(sql -> subscriptions.lockedIfAny().ifPresent(this::goOn));
    }

    private void goOn(Subscription subscription) {
        Instant now = clock.now();
        boolean isOver = subscription.currentPeriodEnd().isBefore(now);
        switch (subscription.status()) {
            case ACTIVE -> {
                if (isOver) {
                    changes.endNow(subscription, now);
                }
            }
            case PAST_DUE -> {
                if (openInvoices.owed(subscription).isPresent()) {
                    changes.attemptNext(subscription, 1, now.plus(TIME_TO_PAY));
                }
            }
            case PENDING_PAYMENT, TRIALING, CANCELED -> {}
        }
    }
}
