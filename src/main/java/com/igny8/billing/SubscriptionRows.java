package com.igny8.billing;

import com.igny8.catalog.Plans;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Rows of subscriptions, as what they are. */
@Component
class SubscriptionRows {
    private final Plans plans;

    SubscriptionRows(Plans plans) {
        this.plans = plans;
    }

    private record Row(
            UUID id,
            UUID planVersionId,
            BillingInterval interval,
            Subscription.Status status,
            Instant anchor,
            Instant start,
            Instant end,
            boolean cancelAtPeriodEnd,
            @Nullable UUID nextPlanVersionId,
            @Nullable String nextInterval,
            Subscription.Dunning dunning,
            int noticesSent) {}

    /** The one in force of the bound account. */
    Optional<Subscription> find(AccountSql sql) {
        return sql.statement(
                        """
                        SELECT * FROM subscription
                         WHERE account_id = :account_id AND status <> 'canceled'
                        """)
                .query(SubscriptionRows::row)
                .optional()
                .map(this::subscription);
    }

    /** The one that a statement changes, as it is then; the statement returns all columns. */
    Subscription changed(StatementSpec statement) {
        return subscription(statement.query(SubscriptionRows::row).single());
    }

    private static Row row(ResultSet found, int number) throws SQLException {
        return new Row(
                Columns.uuid(found, "id"),
                Columns.uuid(found, "plan_version_id"),
                BillingInterval.of(found.getString("billing_interval")),
                Subscription.Status.of(found.getString("status")),
                Columns.instant(found, "anchor_at"),
                Columns.instant(found, "current_period_start"),
                Columns.instant(found, "current_period_end"),
                found.getBoolean("cancel_at_period_end"),
                Columns.uuidOrNull(found, "next_plan_version_id"),
                found.getString("next_billing_interval"),
                new Subscription.Dunning(
                        found.getInt("dunning_step"),
                        Columns.instantOrNull(found, "next_attempt_at")),
                found.getInt("notices_sent"));
    }

    /** Plans are looked up after the row is read: they may need a connection of their own. */
    private Subscription subscription(Row row) {
        return new Subscription(
                row.id(),
                plans.version(row.planVersionId()),
                row.interval(),
                row.status(),
                row.anchor(),
                row.start(),
                row.end(),
                row.cancelAtPeriodEnd(),
                row.nextPlanVersionId() == null || row.nextInterval() == null
                        ? null
                        : new Subscription.Next(
                                plans.version(row.nextPlanVersionId()),
                                BillingInterval.of(row.nextInterval())),
                row.dunning(),
                row.noticesSent());
    }
}
