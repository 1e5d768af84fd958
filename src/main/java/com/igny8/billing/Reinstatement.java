package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.AccountStatus;
import com.igny8.account.Accounts;
import com.igny8.invoice.CreditNoteIssued;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;

/**
 * What becomes of the subscription when an operator opens the bound account again, or takes back
 * what it was to pay.
 */
@Component
public class Reinstatement {
    private static final Duration TIME_TO_PAY = Duration.ofDays(1);

    private final TenantTransactions transactions;
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final OpenInvoices openInvoices;
    private final Accounts accounts;
    private final AccountClock clock;

    Reinstatement(
            TenantTransactions transactions,
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            OpenInvoices openInvoices,
            Accounts accounts,
            AccountClock clock) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.openInvoices = openInvoices;
        this.accounts = accounts;
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
                    changes.endPeriodNow(subscription, now);
                }
            }
            case PAST_DUE -> {
                if (openInvoices.owed(subscription).isPresent()) {
                    changes.attemptNext(subscription, 1, now.plus(TIME_TO_PAY));
                } else if (!isTrial(subscription)) {
                    Subscription recovered = recover(subscription);
                    if (isOver) {
                        changes.endPeriodNow(recovered, now);
                    }
                }
            }
            case PENDING_PAYMENT, TRIALING, CANCELED -> {}
        }
    }

    /** One that is over owes nothing, and does not go on for that. */
    private static boolean isTrial(Subscription subscription) {
        return subscription.plan().trialDays() != null;
    }

    private Subscription recover(Subscription subscription) {
        Subscription recovered = changes.recover(subscription);
        changes.tell(SubscriptionChanged.Kind.RESUMED);
        return recovered;
    }

    @EventListener
    void onCredited(CreditNoteIssued credited) {
        withdrawn();
    }

    /**
     * An invoice was taken back as if it had never been sent: whoever owes nothing else is not
     * behind any more, and is billed anew for what is not paid. An account that is shut stays so
     * until it is opened again: who shut it may have had other reasons.
     */
    public void withdrawn() {
        transactions.run(
                sql ->
                        subscriptions
                                .lockedIfAny()
                                .filter(this::owesNothing)
                                .filter(any -> accounts.current().status() == AccountStatus.ACTIVE)
                                .ifPresent(this::recover));
    }

    private boolean owesNothing(Subscription subscription) {
        return subscription.status() == Subscription.Status.PAST_DUE
                && !isTrial(subscription)
                && openInvoices.owed(subscription).isEmpty();
    }
}
