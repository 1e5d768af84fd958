package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.PlanInForce;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
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
    private final Plans plans;
    private final AccountClock clock;
    private final Remembered<UUID, Row> inForce;

    Subscriptions(
            TenantTransactions transactions,
            PlatformTransactions platform,
            Plans plans,
            AccountClock clock,
            AccessChanges changes) {
        this.transactions = transactions;
        this.platform = platform;
        this.plans = plans;
        this.clock = clock;
        this.inForce = changes.memory(MOST_REMEMBERED);
    }

    private record Row(
            UUID id,
            UUID planVersionId,
            Subscription.Status status,
            Instant anchor,
            Instant start,
            Instant end,
            boolean cancelAtPeriodEnd) {}

    /** Puts the account on a plan: on trial where it has one, for a calendar month otherwise. */
    public void start(Plan plan, Instant now) {
        Integer trialDays = plan.trialDays();
        if (trialDays == null) {
            insert(plan, Subscription.Status.ACTIVE, now, Months.after(now, 1));
        } else {
            insert(plan, Subscription.Status.TRIALING, now, now.plus(Duration.ofDays(trialDays)));
        }
    }

    /**
     * Puts the account on a plan that is to be paid first: the month stands, unpaid, until then.
     */
    public UUID startUnpaid(Plan plan, Instant now) {
        return insert(plan, Subscription.Status.PENDING_PAYMENT, now, Months.after(now, 1));
    }

    private UUID insert(Plan plan, Subscription.Status status, Instant now, Instant end) {
        return transactions.write(
                sql ->
                        sql.statement(
                                        """
                                        INSERT INTO subscription (account_id, plan_id,
                                            plan_version_id, status, anchor_at,
                                            current_period_start, current_period_end, created_at)
                                        VALUES (:account_id, :plan, :version, :status, :now, :now,
                                            :end, :now)
                                        RETURNING id
                                        """)
                                .param("plan", plan.id())
                                .param("version", plan.versionId())
                                .param("status", status.key())
                                .param("now", Columns.timestamp(now))
                                .param("end", Columns.timestamp(end))
                                .query(UUID.class)
                                .single());
    }

    /** The one in force, which nobody else changes until the transaction ends. */
    Subscription locked() {
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        SELECT id FROM subscription
                                         WHERE account_id = :account_id AND status <> 'canceled'
                                           FOR UPDATE
                                        """)
                                .query(UUID.class)
                                .optional());
        return current();
    }

    /**
     * Extends it by months that are paid for. Months are counted from where they always were if
     * they follow on each other, and anew after a gap.
     */
    Subscription prolong(Subscription subscription, Instant from, int months) {
        Instant anchor =
                Months.beginsOne(subscription.anchor(), from) ? subscription.anchor() : from;
        Instant end = Months.after(anchor, Months.since(anchor, from) + months);
        boolean followsOn =
                subscription.status() != Subscription.Status.PENDING_PAYMENT
                        && from.equals(subscription.currentPeriodEnd());
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        UPDATE subscription
                                           SET status = 'active', anchor_at = :anchor,
                                               current_period_start = CASE WHEN :keeps_start
                                                   THEN current_period_start ELSE :from END,
                                               current_period_end = :end, past_due_since = NULL,
                                               dunning_step = 0, next_attempt_at = NULL
                                         WHERE account_id = :account_id AND id = :id
                                        """)
                                .param("id", subscription.id())
                                .param("anchor", Columns.timestamp(anchor))
                                .param("keeps_start", followsOn && from.isAfter(clock.now()))
                                .param("from", Columns.timestamp(from))
                                .param("end", Columns.timestamp(end))
                                .update());
        return current();
    }

    /** The one that is in force; an account that passed the gate has one. */
    public Subscription current() {
        return find().orElseThrow(() -> Problem.notFound("Subscription"));
    }

    private Optional<Subscription> find() {
        return inForce.get(Tenancy.accountId(), this::lookUp)
                .map(
                        row ->
                                new Subscription(
                                        row.id(),
                                        plans.version(row.planVersionId()),
                                        row.status(),
                                        row.anchor(),
                                        row.start(),
                                        row.end(),
                                        row.cancelAtPeriodEnd()));
    }

    private Optional<Remembered.Fact<Row>> lookUp() {
        return transactions.query(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM subscription
                                         WHERE account_id = :account_id
                                           AND status <> 'canceled'
                                        """)
                                .query(Subscriptions::row)
                                .optional()
                                .map(
                                        row ->
                                                new Remembered.Fact<>(
                                                        row,
                                                        Instant.MAX,
                                                        Set.of(sql.accountId()))));
    }

    private static Row row(ResultSet found, int number) throws SQLException {
        return new Row(
                Columns.uuid(found, "id"),
                Columns.uuid(found, "plan_version_id"),
                Subscription.Status.of(found.getString("status")),
                Columns.instant(found, "anchor_at"),
                Columns.instant(found, "current_period_start"),
                Columns.instant(found, "current_period_end"),
                found.getBoolean("cancel_at_period_end"));
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
