package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.AccountStatus;
import com.igny8.account.Accounts;
import com.igny8.invoice.InvoicePaidAgain;
import com.igny8.invoice.InvoiceReopened;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;

/**
 * What becomes of a subscription whose account owes for what it had: the money was taken back. It
 * keeps its period and its credits, and is asked for the money as if the period were unpaid.
 */
@Component
class Arrears {
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final OpenInvoices openInvoices;
    private final Accounts accounts;
    private final BillingSettings settings;
    private final AccountClock clock;

    Arrears(
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            OpenInvoices openInvoices,
            Accounts accounts,
            BillingSettings settings,
            AccountClock clock) {
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.openInvoices = openInvoices;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    @EventListener
    void onReopened(InvoiceReopened reopened) {
        subscriptions.lockedIfAny().ifPresent(this::fallBehind);
    }

    /** Whoever is asked for money already goes on being asked. */
    private void fallBehind(Subscription subscription) {
        switch (subscription.status()) {
            case ACTIVE ->
                    changes.fallBehind(
                            subscription, clock.now().plus(Duration.ofDays(settings.daysAfter(0))));
            case PENDING_PAYMENT, TRIALING, PAST_DUE, CANCELED -> {}
        }
    }

    /** Whoever pays for the next period, but not for what they had, still owes that. */
    void remain(Subscription subscription) {
        if (openInvoices.isAnyToPayAgain()) {
            fallBehind(subscription);
        }
    }

    @EventListener
    void onPaidAgain(InvoicePaidAgain paid) {
        subscriptions
                .lockedIfAny()
                .filter(subscription -> subscription.status() == Subscription.Status.PAST_DUE)
                .filter(subscription -> subscription.plan().trialDays() == null)
                .filter(subscription -> openInvoices.owed(subscription).isEmpty())
                .ifPresent(this::goOn);
    }

    /** Time in which nobody could use the account is not billed. */
    private void goOn(Subscription subscription) {
        boolean wasShut = accounts.current().status() == AccountStatus.SUSPENDED;
        Subscription recovered = changes.recover(subscription);
        Instant now = clock.now();
        if (wasShut && recovered.currentPeriodEnd().isBefore(now)) {
            changes.endPeriodNow(recovered, now);
        }
        accounts.activate();
        changes.tell(SubscriptionChanged.Kind.RESUMED);
    }
}
