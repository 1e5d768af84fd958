package com.igny8.account;

import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** How long what the bound account deletes can be had back. */
@Component
public class Retention {
    private final TenantTransactions transactions;
    private final Clock clock;

    Retention(TenantTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A deletion by the caller at this moment. */
    public Deletion begin() {
        int days =
                transactions.read(
                        sql ->
                                sql.statement(
                                                """
                                                SELECT retention_days FROM account
                                                 WHERE id = :account_id
                                                """)
                                        .query(Integer.class)
                                        .single());
        // As the database keeps it, so that the answer says what later answers say
        Instant now = now().truncatedTo(ChronoUnit.MICROS);
        return new Deletion(now, Tenancy.caller().userId(), now.plus(Duration.ofDays(days)));
    }

    /**
     * Marks a row of a table as deleted.
     *
     * @return whether it was there: somebody else may have been first
     */
    public boolean mark(AccountSql sql, String table, UUID id, Deletion deletion) {
        return sql.statement(
                                """
                                UPDATE %s SET deleted_at = :at, deleted_by = :by,
                                       restore_until = :until
                                 WHERE account_id = :account_id AND id = :id
                                   AND deleted_at IS NULL
                                """
                                        .formatted(table))
                        .param("at", Columns.timestamp(deletion.at()))
                        .param("by", deletion.by())
                        .param("until", Columns.timestamp(deletion.restoreUntil()))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** What is restorable still at this moment. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * A row of something deleted, with its columns {@code deleted_at} and {@code restore_until}.
     */
    public <T> Deleted<T> deleted(T thing, ResultSet row) throws SQLException {
        return new Deleted<>(
                thing,
                Columns.instant(row, "deleted_at"),
                Columns.instant(row, "restore_until"),
                now());
    }
}
