package com.igny8.credit;

import com.igny8.account.AccountClock;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What members and sites of the bound account may use in a month, and when to warn of the end. */
@Component
class Budgets {
    /** More than anybody has. */
    private static final long MAX_CREDITS = 1_000_000_000;

    private final TenantTransactions transactions;
    private final AuditLog auditLog;
    private final AccountClock clock;

    Budgets(TenantTransactions transactions, AuditLog auditLog, AccountClock clock) {
        this.transactions = transactions;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Which month it is for the bound account, that may have a test clock. */
    LocalDate month() {
        return BudgetSheet.month(clock.now());
    }

    List<Budget> all() {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM credit_budget WHERE account_id = :account_id
                                         ORDER BY id
                                        """)
                                .query((row, number) -> Rows.budget(row))
                                .list());
    }

    /** Of a member or of a site, instead of the one there was; it counts what this month used. */
    Budget set(@Nullable UUID userId, @Nullable UUID siteId, @Nullable Long monthlyLimit) {
        Tenancy.caller().require(Role.ADMIN);
        new FieldErrors()
                .require(
                        (userId == null) != (siteId == null),
                        "user",
                        "Give either a user or a site")
                .require(
                        monthlyLimit != null && monthlyLimit >= 0 && monthlyLimit <= MAX_CREDITS,
                        "monthly_limit",
                        "Must be a number of credits from 0 to %,d".formatted(MAX_CREDITS))
                .throwIfAny();
        return transactions.write(
                sql -> {
                    requireOurs(sql, userId, siteId);
                    lockCredits(sql);
                    Budget budget = write(sql, userId, siteId, monthlyLimit);
                    auditLog.record(
                            "budget.set",
                            "budget:" + budget.id(),
                            Map.of(
                                    budget.kind(),
                                    String.valueOf(userId == null ? siteId : userId),
                                    "monthly_limit",
                                    budget.monthlyLimit()));
                    return budget;
                });
    }

    private static void requireOurs(AccountSql sql, @Nullable UUID userId, @Nullable UUID siteId) {
        boolean isOurs =
                sql.statement(
                                """
                                SELECT EXISTS (SELECT FROM member
                                        WHERE account_id = :account_id AND user_id = :user)
                                    OR EXISTS (SELECT FROM site WHERE account_id = :account_id
                                        AND id = :site AND deleted_at IS NULL)
                                """)
                        .param("user", userId)
                        .param("site", siteId)
                        .query(Boolean.class)
                        .single();
        if (!isOurs) {
            throw Problem.notFound(userId == null ? "Site" : "Member");
        }
    }

    /** As everybody does who changes credits: nothing may be used while it is counted. */
    private static void lockCredits(AccountSql sql) {
        sql.statement(
                        """
                        INSERT INTO credit_balance (account_id) VALUES (:account_id)
                        ON CONFLICT DO NOTHING
                        """)
                .update();
        sql.statement("SELECT 1 FROM credit_balance WHERE account_id = :account_id FOR UPDATE")
                .query()
                .singleValue();
    }

    private Budget write(
            AccountSql sql, @Nullable UUID userId, @Nullable UUID siteId, @Nullable Long limit) {
        LocalDate month = month();
        Optional<Budget> before =
                sql.statement(
                                """
                                DELETE FROM credit_budget
                                 WHERE account_id = :account_id
                                   AND (user_id = :user OR site_id = :site)
                                RETURNING *
                                """)
                        .param("user", userId)
                        .param("site", siteId)
                        .query((row, number) -> Rows.budget(row))
                        .optional();
        long used =
                before.map(budget -> budget.usedIn(month))
                        .orElseGet(() -> used(sql, userId, siteId, month));
        return sql.statement(
                        """
                        INSERT INTO credit_budget (account_id, user_id, site_id, monthly_limit,
                            month, used)
                        VALUES (:account_id, :user, :site, :limit, :month, :used)
                        RETURNING *
                        """)
                .param("user", userId)
                .param("site", siteId)
                .param("limit", limit)
                .param("month", month)
                .param("used", used)
                .query((row, number) -> Rows.budget(row))
                .single();
    }

    /** Work that was held for counts for who held, whoever has settled it. */
    private static long used(
            AccountSql sql, @Nullable UUID userId, @Nullable UUID siteId, LocalDate month) {
        return sql.statement(
                        """
                        SELECT coalesce(sum(credits), 0) FROM (
                            SELECT -amount AS credits, user_id, site_id FROM credit_entry
                             WHERE account_id = :account_id AND type = 'deduction'
                               AND created_at >= :begin
                               AND NOT EXISTS (SELECT FROM credit_hold
                                    WHERE account_id = :account_id AND settled_at >= :begin
                                      AND entry_id = credit_entry.id)
                            UNION ALL
                            SELECT CASE WHEN settled_at IS NULL THEN amount ELSE captured END,
                                   user_id, site_id
                              FROM credit_hold
                             WHERE account_id = :account_id
                               AND coalesce(settled_at, created_at) >= :begin) AS used
                         WHERE user_id = :user OR site_id = :site
                        """)
                .param("begin", Columns.timestamp(month.atStartOfDay(ZoneOffset.UTC).toInstant()))
                .param("user", userId)
                .param("site", siteId)
                .query(Long.class)
                .single();
    }

    void remove(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        transactions.run(
                sql -> {
                    int removed =
                            sql.statement(
                                            """
                                            DELETE FROM credit_budget
                                             WHERE account_id = :account_id AND id = :id
                                            """)
                                    .param("id", id)
                                    .update();
                    if (removed == 0) {
                        throw Problem.notFound("Budget");
                    }
                    auditLog.record("budget.removed", "budget:" + id, Map.of());
                });
    }

    /** Below what balance a letter goes out; nothing where none does. */
    Optional<Long> alertBelow() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT alert_below FROM credit_balance
                                         WHERE account_id = :account_id AND alert_below IS NOT NULL
                                        """)
                                .query(Long.class)
                                .optional());
    }

    void alertBelow(@Nullable Long credits) {
        Tenancy.caller().require(Role.ADMIN);
        if (credits != null && (credits < 1 || credits > MAX_CREDITS)) {
            throw Problem.invalid(
                    "below",
                    "Must be a number of credits from 1 to %,d, or empty".formatted(MAX_CREDITS));
        }
        transactions.run(
                sql -> {
                    lockCredits(sql);
                    sql.statement(
                                    """
                                    UPDATE credit_balance SET alert_below = :credits
                                     WHERE account_id = :account_id
                                    """)
                            .param("credits", credits)
                            .update();
                    auditLog.record(
                            "credit_alert.set",
                            "credits",
                            Map.of("below", String.valueOf(credits)));
                });
    }
}
