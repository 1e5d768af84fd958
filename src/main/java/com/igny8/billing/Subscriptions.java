package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.Accounts;
import com.igny8.account.PlanInForce;
import com.igny8.catalog.Plan;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The subscription of the bound account. */
@Component
public class Subscriptions implements PlanInForce {
    private static final int MOST_REMEMBERED = 20_000;

    private final TenantTransactions transactions;
    private final PlatformTransactions platform;
    private final SubscriptionRows rows;
    private final Agenda agenda;
    private final AccountClock clock;
    private final Remembered<UUID, Subscription> inForce;

    Subscriptions(
            TenantTransactions transactions,
            PlatformTransactions platform,
            SubscriptionRows rows,
            Agenda agenda,
            AccountClock clock,
            AccessChanges changes) {
        this.transactions = transactions;
        this.platform = platform;
        this.rows = rows;
        this.agenda = agenda;
        this.clock = clock;
        this.inForce = changes.memory(MOST_REMEMBERED);
    }

    /** Puts the account on a plan: on trial where it has one, for a calendar month otherwise. */
    public void start(Plan plan, Instant now) {
        Integer trialDays = plan.trialDays();
        if (trialDays == null) {
            insert(
                    plan,
                    BillingInterval.MONTH,
                    Subscription.Status.ACTIVE,
                    now,
                    Months.after(now, 1));
        } else {
            insert(
                    plan,
                    BillingInterval.MONTH,
                    Subscription.Status.TRIALING,
                    now,
                    now.plus(Duration.ofDays(trialDays)));
        }
        reschedule(current());
    }

    /**
     * Puts the account on a plan that is to be paid first: the period stands, unpaid, until then.
     */
    UUID startUnpaid(Plan plan, BillingInterval interval, Instant now) {
        return insert(
                plan,
                interval,
                Subscription.Status.PENDING_PAYMENT,
                now,
                Months.after(now, interval.months()));
    }

    private UUID insert(
            Plan plan,
            BillingInterval interval,
            Subscription.Status status,
            Instant now,
            Instant end) {
        return transactions.write(
                sql ->
                        sql.statement(
                                        """
                                        INSERT INTO subscription (account_id, plan_id,
                                            plan_version_id, billing_interval, status, anchor_at,
                                            current_period_start, current_period_end, created_at)
                                        VALUES (:account_id, :plan, :version, :interval, :status,
                                            :now, :now, :end, :now)
                                        RETURNING id
                                        """)
                                .param("plan", plan.id())
                                .param("version", plan.versionId())
                                .param("interval", interval.key())
                                .param("status", status.key())
                                .param("now", Columns.timestamp(now))
                                .param("end", Columns.timestamp(end))
                                .query(UUID.class)
                                .single());
    }

    /** The one in force, which nobody else changes until the transaction ends. */
    Subscription locked() {
        return lockedIfAny().orElseThrow(() -> Problem.notFound("Subscription"));
    }

    /** As {@link #locked}; nothing where the account has none. */
    Optional<Subscription> lockedIfAny() {
        transactions.run(Accounts::lock);
        return find();
    }

    /**
     * What becomes of it with months more that are paid for. Months are counted from where they
     * always were if they follow on each other, and anew after a gap.
     */
    Subscription prolonged(Subscription subscription, Instant from, int months) {
        Instant anchor =
                Months.beginsOne(subscription.anchor(), from) ? subscription.anchor() : from;
        return new Subscription(
                subscription.id(),
                subscription.plan(),
                subscription.interval(),
                Subscription.Status.ACTIVE,
                anchor,
                start(subscription, from),
                Months.after(anchor, Months.since(anchor, from) + months),
                subscription.cancelAtPeriodEnd(),
                subscription.next(),
                new Subscription.Dunning(0, null),
                0);
    }

    /** What is paid ahead is added to the month, or year, that is running. */
    private Instant start(Subscription subscription, Instant from) {
        Instant now = clock.now();
        boolean isAhead =
                subscription.status() != Subscription.Status.PENDING_PAYMENT
                        && from.equals(subscription.currentPeriodEnd())
                        && from.isAfter(now);
        if (!isAhead) {
            return from;
        }
        Instant running =
                Months.after(subscription.anchor(), Months.since(subscription.anchor(), now));
        return subscription.interval() == BillingInterval.MONTH
                        && running.isAfter(subscription.currentPeriodStart())
                ? running
                : subscription.currentPeriodStart();
    }

    /** Writes down one that was prolonged, with what is due next, when all else of it is there. */
    void keepPeriod(Subscription prolonged) {
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        UPDATE subscription
                                           SET status = 'active', anchor_at = :anchor,
                                               current_period_start = :start,
                                               current_period_end = :end, past_due_since = NULL,
                                               dunning_step = 0, next_attempt_at = NULL,
                                               notices_sent = 0,
                                        """
                                                + NEXT_DUE
                                                + " WHERE account_id = :account_id AND id = :id")
                                .param("id", prolonged.id())
                                .param("anchor", Columns.timestamp(prolonged.anchor()))
                                .param("start", Columns.timestamp(prolonged.currentPeriodStart()))
                                .param("end", Columns.timestamp(prolonged.currentPeriodEnd()))
                                .params(nextDue(prolonged))
                                .update());
    }

    /** The one that is in force; an account that passed the gate has one. */
    public Subscription current() {
        return find().orElseThrow(() -> Problem.notFound("Subscription"));
    }

    Optional<Subscription> find() {
        return inForce.get(
                Tenancy.accountId(), () -> transactions.query(rows::find).map(Subscriptions::fact));
    }

    private static Remembered.Fact<Subscription> fact(Subscription subscription) {
        return new Remembered.Fact<>(
                subscription, Instant.MAX, Set.of(Tenancy.accountId(), subscription.plan().id()));
    }

    /** Sets down when something is to be done for it next: at the end of every change of it. */
    void reschedule(Subscription present) {
        transactions.run(
                sql ->
                        sql.statement(
                                        "UPDATE subscription SET "
                                                + NEXT_DUE
                                                + " WHERE account_id = :account_id"
                                                + " AND status <> 'canceled'")
                                .params(nextDue(present))
                                .update());
    }

    /** Whoever is at it stays so for what is due already. */
    private static final String NEXT_DUE =
            """
            next_due_at = :due, claimed_until = CASE WHEN :due <= :now THEN claimed_until END
            """;

    private Map<String, @Nullable Object> nextDue(Subscription present) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("due", Columns.timestamp(agenda.next(present).map(Due::at).orElse(null)));
        parameters.put("now", Columns.timestamp(clock.now()));
        return parameters;
    }

    /** The terms the account is on. */
    @Override
    public Plan currentPlan() {
        return current().plan();
    }

    /** As {@link #currentPlan}; nothing on the operator's own account, which is on none. */
    public Optional<Plan> currentPlanIfAny() {
        return find().map(Subscription::plan);
    }

    /** For the operator: the names of the plans that accounts are on, by account. */
    public Map<UUID, String> planNames(List<UUID> accountIds) {
        if (accountIds.isEmpty()) {
            return Map.of();
        }
        return platform.read(
                jdbc -> {
                    Map<UUID, String> names = new HashMap<>();
                    jdbc.sql(
                                    """
                                    SELECT account_id, plan.name
                                      FROM subscription JOIN plan ON plan.id = plan_id
                                     WHERE account_id IN (:accounts) AND status <> 'canceled'
                                    """)
                            .param("accounts", accountIds)
                            .query(
                                    row -> {
                                        names.put(
                                                Columns.uuid(row, "account_id"),
                                                row.getString("name"));
                                    });
                    return names;
                });
    }
}
