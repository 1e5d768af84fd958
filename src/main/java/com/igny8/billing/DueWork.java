package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.Accounts;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Does what is due for the subscription of the bound account, one thing at a time, each in a
 * transaction of its own under the lock of the account. What is left to do stands in the
 * subscription: whoever comes next, on whichever node, goes on from there.
 */
@Component
class DueWork {
    private final TenantTransactions transactions;
    private final Agenda agenda;
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final PaidPeriods periods;
    private final MonthlyCredits credits;
    private final OpenInvoices openInvoices;
    private final Invoices invoices;
    private final Cancellation cancellation;
    private final LimitsInUse limits;
    private final Accounts accounts;
    private final BillingLetters letters;
    private final AccountClock clock;

    DueWork(
            TenantTransactions transactions,
            Agenda agenda,
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            PaidPeriods periods,
            MonthlyCredits credits,
            OpenInvoices openInvoices,
            Invoices invoices,
            Cancellation cancellation,
            LimitsInUse limits,
            Accounts accounts,
            BillingLetters letters,
            AccountClock clock) {
        this.transactions = transactions;
        this.agenda = agenda;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.periods = periods;
        this.credits = credits;
        this.openInvoices = openInvoices;
        this.invoices = invoices;
        this.cancellation = cancellation;
        this.limits = limits;
        this.accounts = accounts;
        this.letters = letters;
        this.clock = clock;
    }

    /**
     * Money that is to be asked for.
     *
     * @param isReopened whether it was paid before, and that money was taken back
     */
    record ToCharge(UUID invoiceId, int attempt, boolean isReopened) {}

    /**
     * Whether something is due by the account's clock: one question, after each thing done.
     *
     * @param now what time it is for those who have no clock of their own
     */
    boolean isDue(Instant now) {
        return transactions.query(
                sql ->
                        sql.statement(
                                        """
                                        SELECT EXISTS (SELECT FROM subscription
                                            WHERE account_id = :account_id
                                              AND status <> 'canceled'
                                              AND next_due_at <= coalesce(
                                                  (SELECT now_at FROM test_clock
                                                    WHERE account_id = :account_id), :now))
                                        """)
                                .param("now", Columns.timestamp(now))
                                .query(Boolean.class)
                                .single());
    }

    /**
     * Does the next thing that is due by the account's clock, if any.
     *
     * @return what is left to whoever asks the provider, outside of any transaction
     */
    Optional<ToCharge> next() {
        return transactions.write(sql -> subscriptions.lockedIfAny().flatMap(this::step));
    }

    private Optional<ToCharge> step(Subscription subscription) {
        Instant now = clock.now();
        Optional<Due> due = agenda.next(subscription).filter(next -> next.isBy(now));
        if (due.isEmpty()) {
            subscriptions.reschedule(subscription);
            return Optional.empty();
        }
        switch (due.get().kind()) {
            case GRANT -> {
                credits.giveDue(subscription);
                subscriptions.reschedule(subscription);
            }
            case NOTICE -> notice(subscription, now);
            case INVOICE -> bill(subscription);
            case PERIOD_END -> endPeriod(subscription);
            case ATTEMPT -> {
                return attempt(subscription);
            }
        }
        return Optional.empty();
    }

    private void notice(Subscription subscription, Instant now) {
        if (subscription.status() == Subscription.Status.TRIALING) {
            letters.trialEnding(subscription);
            changes.tell(SubscriptionChanged.Kind.TRIAL_ENDING);
        } else {
            letters.renewalComing(subscription);
        }
        changes.noticed(subscription, agenda.noticesBy(subscription, now));
    }

    /** Bills the next period; where what the customer has with us pays it, it has begun. */
    private void bill(Subscription subscription) {
        Invoice invoice =
                invoices.issue(
                        Orders.renewal(subscription, subscription.plan(), subscription.interval()));
        if (invoice.due().isPositive()) {
            subscriptions.reschedule(subscription);
        }
    }

    private void endPeriod(Subscription subscription) {
        if (subscription.cancelAtPeriodEnd()) {
            cancellation.end(subscription);
        } else if (subscription.status() == Subscription.Status.TRIALING) {
            endTrial(subscription);
        } else {
            openInvoices.withdrawPlanChanges(subscription);
            renew(changed(subscription));
        }
    }

    private void endTrial(Subscription subscription) {
        changes.endTrial(subscription);
        accounts.suspend("The free trial is over");
        letters.trialEnded(subscription);
    }

    /** On the plan that it was to change to by now; on the old one if it does not fit any more. */
    private Subscription changed(Subscription subscription) {
        Subscription.Next next = subscription.next();
        if (next == null) {
            return subscription;
        }
        List<LimitsInUse.Exceeded> exceeded = limits.exceededOn(next.plan());
        if (!exceeded.isEmpty()) {
            Subscription kept = changes.keep(subscription);
            letters.planChangeDropped(subscription, next.plan(), exceeded);
            return kept;
        }
        Subscription after = changes.putOn(subscription, next.plan(), next.interval());
        letters.planChanged(after);
        changes.tell(SubscriptionChanged.Kind.PLAN_CHANGED);
        return after;
    }

    private void renew(Subscription subscription) {
        if (subscription.plan().isFree()) {
            periods.prolong(subscription, subscription.currentPeriodEnd(), 1);
            return;
        }
        if (openInvoices.forPeriod(subscription).isEmpty()) {
            bill(subscription);
        }
        Subscription after = subscriptions.current();
        if (after.currentPeriodEnd().equals(subscription.currentPeriodEnd())) {
            changes.fallDue(after);
        }
    }

    private Optional<ToCharge> attempt(Subscription subscription) {
        Optional<Invoice> open = openInvoices.owed(subscription);
        if (open.isEmpty()) {
            // Whoever took it back does not want it paid
            changes.attemptNext(subscription, subscription.dunning().step(), null);
            return Optional.empty();
        }
        return Optional.of(
                new ToCharge(
                        open.get().id(), subscription.dunning().step(), open.get().isReopened()));
    }
}
