package com.igny8.billing;

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
    private final Remembered<UUID, Row> inForce;

    Subscriptions(
            TenantTransactions transactions,
            PlatformTransactions platform,
            Plans plans,
            AccessChanges changes) {
        this.transactions = transactions;
        this.platform = platform;
        this.plans = plans;
        this.inForce = changes.memory(MOST_REMEMBERED);
    }

    private record Row(
            UUID id,
            UUID planVersionId,
            Subscription.Status status,
            Instant start,
            Instant end,
            boolean cancelAtPeriodEnd) {}

    /** Puts the account on a plan: on trial where it has one, for a calendar month otherwise. */
    public void start(Plan plan, Instant now) {
        Integer trialDays = plan.trialDays();
        Instant end =
                trialDays == null ? Months.after(now, 1) : now.plus(Duration.ofDays(trialDays));
        var status = trialDays == null ? Subscription.Status.ACTIVE : Subscription.Status.TRIALING;
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        INSERT INTO subscription (account_id, plan_id,
                                            plan_version_id, status, current_period_start,
                                            current_period_end, created_at)
                                        VALUES (:account_id, :plan, :version, :status, :now,
                                            :end, :now)
                                        """)
                                .param("plan", plan.id())
                                .param("version", plan.versionId())
                                .param("status", status.key())
                                .param("now", Columns.timestamp(now))
                                .param("end", Columns.timestamp(end))
                                .update());
    }

    /** The one that is in force; an account that passed the gate has one. */
    public Subscription current() {
        return find().orElseThrow(() -> Problem.notFound("Subscription"));
    }

    private Optional<Subscription> find() {
        return inForce
                .get(Tenancy.accountId(), this::lookUp)
                .map(
                        row ->
                                new Subscription(
                                        row.id(),
                                        plans.version(row.planVersionId()),
                                        row.status(),
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
                                                        row, Instant.MAX, Set.of(sql.accountId()))));
    }

    private static Row row(ResultSet found, int number) throws SQLException {
        return new Row(
                Columns.uuid(found, "id"),
                Columns.uuid(found, "plan_version_id"),
                Subscription.Status.of(found.getString("status")),
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
