package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.Plan;
import com.igny8.credit.Entry;
import com.igny8.credit.Ledger;
import com.igny8.credit.NewGrant;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The credits that come with each month of a plan: the first at once, later ones as they begin. */
@Component
class MonthlyCredits {
    private final TenantTransactions transactions;
    private final Ledger ledger;
    private final AccountClock clock;

    MonthlyCredits(TenantTransactions transactions, Ledger ledger, AccountClock clock) {
        this.transactions = transactions;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Gives the credits that come with the beginning of a plan that is not paid for. */
    void begin(Subscription subscription) {
        grant(subscription.plan(), subscription.currentPeriodEnd(), null);
    }

    /**
     * Gives the credits of months that are paid for.
     *
     * @param from where the first of them begins; the credits of that one come at once
     */
    void give(Subscription subscription, Instant from, int months) {
        give(subscription, from, months, subscription.plan().includedCredits());
    }

    /** As above, with other credits for the first of the months. */
    void give(Subscription subscription, Instant from, int months, long first) {
        Instant anchor = subscription.anchor();
        int month = Months.since(anchor, from);
        note(subscription, month, first, true);
        for (int later = 1; later < months; later++) {
            note(subscription, month + later, subscription.plan().includedCredits(), false);
        }
    }

    /**
     * There is one for each month of a subscription: one that was dropped, or that another plan
     * begins with at the very moment, is this one then.
     */
    private void note(Subscription subscription, int month, long credits, boolean isBegun) {
        Plan plan = subscription.plan();
        if (credits <= 0 || plan.creditsOnce()) {
            return;
        }
        Instant ends = Months.after(subscription.anchor(), month + 1);
        if (isBegun) {
            grant(plan, credits, ends, Months.after(subscription.anchor(), month + 2));
        }
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        INSERT INTO scheduled_grant (account_id, subscription_id,
                                            plan_version_id, due_at, ends_at, credits, granted_at)
                                        VALUES (:account_id, :subscription, :version, :begins,
                                            :ends, :credits, :granted)
                                        ON CONFLICT (account_id, subscription_id, due_at)
                                        DO UPDATE SET plan_version_id = excluded.plan_version_id,
                                            ends_at = excluded.ends_at, dropped_at = NULL,
                                            credits = excluded.credits, granted_at = coalesce(
                                                scheduled_grant.granted_at, excluded.granted_at)
                                        """)
                                .param("subscription", subscription.id())
                                .param("version", plan.versionId())
                                .param(
                                        "begins",
                                        Columns.timestamp(
                                                Months.after(subscription.anchor(), month)))
                                .param("ends", Columns.timestamp(ends))
                                .param("credits", credits)
                                .param("granted", isBegun ? Columns.timestamp(clock.now()) : null)
                                .update());
    }

    /** Gives what is scheduled for months that have begun by now, the earliest first. */
    void giveDue(Subscription subscription) {
        List<Scheduled> due =
                transactions.write(
                        sql ->
                                sql.statement(
                                                """
                                                UPDATE scheduled_grant SET granted_at = :now
                                                 WHERE account_id = :account_id
                                                   AND subscription_id = :subscription
                                                   AND granted_at IS NULL AND dropped_at IS NULL
                                                   AND due_at <= :now
                                                RETURNING credits, due_at, ends_at
                                                """)
                                        .param("subscription", subscription.id())
                                        .param("now", Columns.timestamp(clock.now()))
                                        .query(
                                                (row, number) ->
                                                        new Scheduled(
                                                                row.getLong("credits"),
                                                                Columns.instant(row, "due_at"),
                                                                Columns.instant(row, "ends_at")))
                                        .list());
        due.stream()
                .sorted(Comparator.comparing(Scheduled::begins))
                .forEach(
                        scheduled ->
                                grant(
                                        subscription.plan(),
                                        scheduled.credits(),
                                        scheduled.ends(),
                                        Months.after(
                                                subscription.anchor(),
                                                Months.since(
                                                                subscription.anchor(),
                                                                scheduled.ends())
                                                        + 1)));
    }

    private record Scheduled(long credits, Instant begins, Instant ends) {}

    /** Months to come give what the plan gives now. */
    void rescale(Subscription subscription) {
        Plan plan = subscription.plan();
        if (plan.includedCredits() == 0) {
            dropRest(subscription);
            return;
        }
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        UPDATE scheduled_grant
                                           SET credits = :credits, plan_version_id = :version
                                         WHERE account_id = :account_id
                                           AND subscription_id = :subscription
                                           AND granted_at IS NULL AND dropped_at IS NULL
                                        """)
                                .param("subscription", subscription.id())
                                .param("credits", plan.includedCredits())
                                .param("version", plan.versionId())
                                .update());
    }

    /** What was scheduled for months to come is not given any more. */
    void dropRest(Subscription subscription) {
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        UPDATE scheduled_grant SET dropped_at = :now
                                         WHERE account_id = :account_id
                                           AND subscription_id = :subscription
                                           AND granted_at IS NULL AND dropped_at IS NULL
                                        """)
                                .param("subscription", subscription.id())
                                .param("now", Columns.timestamp(clock.now()))
                                .update());
    }

    /** Credits for the rest of a month, beside those that came when it began. */
    void add(Plan plan, long credits, Instant ends) {
        if (credits > 0) {
            ledger.grant(
                    new NewGrant(
                            Entry.Type.SUBSCRIPTION,
                            credits,
                            "plan:" + plan.slug(),
                            NewGrant.WITH_THE_PLAN,
                            ends,
                            "For the rest of the month on " + plan.name()));
        }
    }

    private void grant(Plan plan, Instant ends, @Nullable Instant rollsOverUntil) {
        if (plan.includedCredits() > 0) {
            grant(plan, plan.includedCredits(), ends, rollsOverUntil);
        }
    }

    private void grant(Plan plan, long credits, Instant ends, @Nullable Instant rollsOverUntil) {
        ledger.grant(
                new NewGrant(
                        plan.creditsOnce() ? Entry.Type.GRANT : Entry.Type.SUBSCRIPTION,
                        credits,
                        "plan:" + plan.slug(),
                        NewGrant.WITH_THE_PLAN,
                        ends,
                        plan.terms().creditsRollOver() ? rollsOverUntil : null,
                        "Included in " + plan.name()));
    }
}
