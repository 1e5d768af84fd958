package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.invoice.InvoiceLine;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.intellij.lang.annotations.Language;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The steps a subscription takes; each leaves it with what is due next. */
@Component
class SubscriptionChanges {
    private final TenantTransactions transactions;
    private final Subscriptions subscriptions;
    private final SubscriptionRows rows;
    private final Plans plans;
    private final AccountClock clock;
    private final ApplicationEventPublisher events;

    SubscriptionChanges(
            TenantTransactions transactions,
            Subscriptions subscriptions,
            SubscriptionRows rows,
            Plans plans,
            AccountClock clock,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.rows = rows;
        this.plans = plans;
        this.clock = clock;
        this.events = events;
    }

    /** Tells other rooms of what has just happened. */
    void tell(SubscriptionChanged.Kind kind) {
        subscriptions.find().ifPresent(subscription -> tell(subscription, kind));
    }

    /** As above, of a subscription that is at hand. */
    void tell(Subscription subscription, SubscriptionChanged.Kind kind) {
        events.publishEvent(new SubscriptionChanged(Tenancy.accountId(), subscription, kind));
    }

    /**
     * Puts it on the plan, and the interval, that a line of an invoice is for: a year is sold as
     * one, months are counted.
     */
    Subscription putOn(Subscription subscription, InvoiceLine line) {
        return putOn(
                subscription,
                plans.version(Objects.requireNonNull(line.planVersionId())),
                line.quantity() == 1 && PaidPeriods.months(line) == BillingInterval.YEAR.months()
                        ? BillingInterval.YEAR
                        : BillingInterval.MONTH);
    }

    /** Puts it on a plan at once; nothing is to come, and nothing to end, any more. */
    Subscription putOn(Subscription subscription, Plan plan, BillingInterval interval) {
        return update(
                subscription,
                """
                plan_id = :plan, plan_version_id = :version, billing_interval = :interval,
                next_plan_id = NULL, next_plan_version_id = NULL, next_billing_interval = NULL,
                cancel_at_period_end = false
                """,
                values(plan, interval));
    }

    /** It changes to a plan when its period ends. */
    Subscription schedule(Subscription subscription, Plan plan, BillingInterval interval) {
        return update(
                subscription,
                """
                next_plan_id = :plan, next_plan_version_id = :version,
                next_billing_interval = :interval, cancel_at_period_end = false
                """,
                values(plan, interval));
    }

    private static Map<String, @Nullable Object> values(Plan plan, BillingInterval interval) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        values.put("plan", plan.id());
        values.put("version", plan.versionId());
        values.put("interval", interval.key());
        return values;
    }

    /** What was to happen at the period's end does not. */
    Subscription keep(Subscription subscription) {
        return update(
                subscription,
                """
                next_plan_id = NULL, next_plan_version_id = NULL, next_billing_interval = NULL,
                cancel_at_period_end = false
                """,
                Map.of());
    }

    /** It ends with its period. */
    Subscription letEnd(Subscription subscription) {
        return update(
                subscription,
                """
                next_plan_id = NULL, next_plan_version_id = NULL, next_billing_interval = NULL,
                cancel_at_period_end = true
                """,
                Map.of());
    }

    /** A free plan begins, or a trial gives way to one. */
    Subscription beginFree(Subscription subscription, Instant now) {
        return period(subscription, now, Months.after(now, 1));
    }

    /** A new period begins before the old one was over. */
    Subscription restart(Subscription subscription, Instant from, int months) {
        return period(subscription, from, Months.after(from, months));
    }

    private Subscription period(Subscription subscription, Instant from, Instant end) {
        return update(
                subscription,
                """
                status = 'active', anchor_at = :from, current_period_start = :from,
                current_period_end = :end, past_due_since = NULL, dunning_step = 0,
                next_attempt_at = NULL, notices_sent = 0
                """,
                Map.of("from", time(from), "end", time(end)));
    }

    private static Object time(Instant instant) {
        return Objects.requireNonNull(Columns.timestamp(instant));
    }

    /** Its period ended unpaid: from now on it is asked for. */
    Subscription fallDue(Subscription subscription) {
        Subscription due =
                update(
                        subscription,
                        """
                        status = 'past_due', past_due_since = current_period_end, dunning_step = 0,
                        next_attempt_at = :now
                        """,
                        Map.of("now", time(clock.now())));
        tell(due, SubscriptionChanged.Kind.PAST_DUE);
        return due;
    }

    /** Its period was paid, but something else is owed: it is asked for from then on. */
    Subscription fallBehind(Subscription subscription, Instant nextAttempt) {
        Subscription behind =
                update(
                        subscription,
                        """
                        status = 'past_due', past_due_since = :now, dunning_step = 1,
                        next_attempt_at = :next
                        """,
                        Map.of("now", time(clock.now()), "next", time(nextAttempt)));
        tell(behind, SubscriptionChanged.Kind.PAST_DUE);
        return behind;
    }

    /** Nothing is owed any more: its period goes on as it was. */
    Subscription recover(Subscription subscription) {
        return update(
                subscription,
                """
                status = 'active', past_due_since = NULL, dunning_step = 0, next_attempt_at = NULL
                """,
                Map.of());
    }

    /** Its trial ended unpaid: nothing is asked for, and nothing is given. */
    Subscription endTrial(Subscription subscription) {
        Subscription ended =
                update(
                        subscription,
                        """
                        status = 'past_due', past_due_since = current_period_end,
                        next_attempt_at = NULL
                        """,
                        Map.of());
        tell(ended, SubscriptionChanged.Kind.TRIAL_ENDED);
        return ended;
    }

    /**
     * It will be asked for again.
     *
     * @param at null where not
     */
    Subscription attemptNext(Subscription subscription, int step, @Nullable Instant at) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        values.put("step", step);
        values.put("at", Columns.timestamp(at));
        return update(subscription, "dunning_step = :step, next_attempt_at = :at", values);
    }

    Subscription noticed(Subscription subscription, int notices) {
        return update(subscription, "notices_sent = :notices", Map.of("notices", notices));
    }

    /** Its period ends now and the next is billed: the time the account was shut is not. */
    Subscription endPeriodNow(Subscription subscription, Instant now) {
        return update(subscription, "current_period_end = :now", Map.of("now", time(now)));
    }

    /** It is over. */
    void end(Subscription subscription) {
        update(
                subscription,
                """
                status = 'canceled', canceled_at = :now, next_due_at = NULL, claimed_until = NULL,
                next_attempt_at = NULL
                """,
                Map.of("now", time(clock.now())));
        tell(subscription, SubscriptionChanged.Kind.CANCELED);
    }

    private Subscription update(
            Subscription subscription,
            @Language(value = "SQL", prefix = "UPDATE subscription SET ") String changes,
            Map<String, ? extends @Nullable Object> values) {
        Subscription after =
                transactions.write(
                        sql ->
                                rows.changed(
                                        sql.statement(
                                                        "UPDATE subscription SET "
                                                                + changes
                                                                + " WHERE account_id = :account_id"
                                                                + " AND id = :id RETURNING *")
                                                .param("id", subscription.id())
                                                .params(values)));
        subscriptions.reschedule(after);
        return after;
    }
}
