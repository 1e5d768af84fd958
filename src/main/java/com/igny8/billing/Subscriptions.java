package com.igny8.billing;

import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The subscription of the bound account. */
@Component
public class Subscriptions {
    private final TenantTransactions transactions;
    private final Plans plans;

    Subscriptions(TenantTransactions transactions, Plans plans) {
        this.transactions = transactions;
        this.plans = plans;
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
        Row row =
                transactions.read(
                        sql ->
                                sql.statement(
                                                """
                                                SELECT * FROM subscription
                                                 WHERE account_id = :account_id
                                                   AND status <> 'canceled'
                                                """)
                                        .query(
                                                (found, number) ->
                                                        new Row(
                                                                Columns.uuid(found, "id"),
                                                                Columns.uuid(
                                                                        found, "plan_version_id"),
                                                                Subscription.Status.of(
                                                                        found.getString("status")),
                                                                Columns.instant(
                                                                        found,
                                                                        "current_period_start"),
                                                                Columns.instant(
                                                                        found,
                                                                        "current_period_end"),
                                                                found.getBoolean(
                                                                        "cancel_at_period_end")))
                                        .optional()
                                        .orElseThrow(() -> Problem.notFound("Subscription")));
        return new Subscription(
                row.id(),
                plans.version(row.planVersionId()),
                row.status(),
                row.start(),
                row.end(),
                row.cancelAtPeriodEnd());
    }

    /** The terms the account is on. */
    public Plan currentPlan() {
        return current().plan();
    }
}
