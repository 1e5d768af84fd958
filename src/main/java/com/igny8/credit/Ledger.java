package com.igny8.credit;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The credits of the bound account. Every change begins with one conditional update of the
 * account's balance row, which is the check and the lock in one: nobody reads a balance first and
 * writes it later. What depends on it follows in the same transaction.
 */
@Component
public class Ledger {
    /** More than this by hand is a mistake. */
    public static final long MAX_ADJUSTMENT = 10_000_000;

    private final TenantTransactions transactions;
    private final Clock clock;

    Ledger(TenantTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The balance row after a change, and with it the number of the entry to write. */
    private record Changed(long balance, long entryId) {}

    /** Lets credits in. */
    public Entry grant(NewGrant grant) {
        return transactions.write(
                sql -> {
                    Changed changed =
                            sql.statement(
                                            """
                                            INSERT INTO credit_balance
                                                (account_id, balance, last_entry_id)
                                            VALUES (:account_id, :amount, 1)
                                            ON CONFLICT (account_id) DO UPDATE SET
                                                balance = credit_balance.balance + :amount,
                                                last_entry_id = credit_balance.last_entry_id + 1
                                            RETURNING balance, last_entry_id
                                            """)
                                    .param("amount", grant.amount())
                                    .query(Ledger::changed)
                                    .single();
                    Entry entry =
                            write(
                                    sql,
                                    new Line(
                                            grant.type(),
                                            grant.amount(),
                                            null,
                                            grant.source(),
                                            grant.description()),
                                    changed);
                    sql.statement(
                                    """
                                    INSERT INTO credit_grant (account_id, entry_id, source, amount,
                                        remaining, priority, expires_at)
                                    VALUES (:account_id, :entry, :source, :amount,
                                        :amount, :priority, :expires_at)
                                    """)
                            .param("entry", entry.id())
                            .param("source", grant.source())
                            .param("amount", grant.amount())
                            .param("priority", grant.priority())
                            .param("expires_at", Columns.timestamp(grant.expiresAt()))
                            .update();
                    return entry;
                });
    }

    /** Takes credits at once; 402 where fewer are available. */
    public Entry deduct(long amount, String operation, String reference, String description) {
        requirePositive(amount);
        return takeAvailable(
                new Line(Entry.Type.DEDUCTION, -amount, operation, reference, description));
    }

    /**
     * Puts a balance right by hand, up or down; 402 where fewer are available than are to go.
     *
     * @param reference what asked for it
     */
    public Entry adjust(long amount, String reference, String description) {
        if (amount == 0 || amount < -MAX_ADJUSTMENT || amount > MAX_ADJUSTMENT) {
            throw Problem.invalid(
                    "amount",
                    "Must be a number of credits, up or down, of at most "
                            + "%,d".formatted(MAX_ADJUSTMENT));
        }
        return amount > 0
                ? grant(
                        new NewGrant(
                                Entry.Type.ADJUSTMENT,
                                amount,
                                reference,
                                NewGrant.BY_HAND,
                                null,
                                description))
                : takeAvailable(
                        new Line(Entry.Type.ADJUSTMENT, amount, null, reference, description));
    }

    private Entry takeAvailable(Line line) {
        long amount = -line.amount();
        return transactions.write(
                sql -> {
                    Changed changed =
                            sql.statement(
                                            """
                                            UPDATE credit_balance
                                               SET balance = balance - :amount,
                                                   last_entry_id = last_entry_id + 1
                                             WHERE account_id = :account_id
                                               AND balance - held >= :amount
                                            RETURNING balance, last_entry_id
                                            """)
                                    .param("amount", amount)
                                    .query(Ledger::changed)
                                    .optional()
                                    .orElseThrow(() -> insufficient(sql, amount, 0));
                    return take(sql, line, changed);
                });
    }

    /** Reserves credits for work that is about to begin; 402 where fewer are available. */
    public Hold hold(long amount, String operation, String reference, Duration deadline) {
        requirePositive(amount);
        Instant now = clock.instant();
        return transactions.write(
                sql -> {
                    boolean held =
                            sql.statement(
                                                    """
                                                    UPDATE credit_balance SET held = held + :amount
                                                     WHERE account_id = :account_id
                                                       AND balance - held >= :amount
                                                    """)
                                            .param("amount", amount)
                                            .update()
                                    == 1;
                    if (!held) {
                        throw insufficient(sql, amount, 0);
                    }
                    return sql.statement(
                                    """
                                    INSERT INTO credit_hold (account_id, amount, operation,
                                        reference, expires_at, created_at)
                                    VALUES (:account_id, :amount, :operation,
                                        :reference, :expires_at, :now)
                                    RETURNING *
                                    """)
                            .param("amount", amount)
                            .param("operation", operation)
                            .param("reference", reference)
                            .param("expires_at", Columns.timestamp(now.plus(deadline)))
                            .param("now", Columns.timestamp(now))
                            .query(Ledger::hold)
                            .single();
                });
    }

    /**
     * Refuses with 402 where the hold and what is available beside it would not pay this much: to
     * ask before work begins that has grown since it was held for.
     */
    public void requireCapturable(UUID holdId, long amount) {
        transactions.run(
                sql -> {
                    long held = settle(sql, holdId).amount();
                    if (balance(sql).available() + held < amount) {
                        throw insufficient(sql, amount, held);
                    }
                });
    }

    /**
     * Takes what the work did cost and lets go of the rest. It may cost more than was held: 402,
     * and the hold stays, where that much is not available.
     */
    public Entry capture(UUID holdId, long amount, String description) {
        requirePositive(amount);
        return transactions.write(
                sql -> {
                    Hold hold = settle(sql, holdId);
                    Changed changed =
                            sql.statement(
                                            """
                                            UPDATE credit_balance
                                               SET balance = balance - :amount,
                                                   held = held - :held,
                                                   last_entry_id = last_entry_id + 1
                                             WHERE account_id = :account_id
                                               AND balance - held + :held >= :amount
                                            RETURNING balance, last_entry_id
                                            """)
                                    .param("amount", amount)
                                    .param("held", hold.amount())
                                    .query(Ledger::changed)
                                    .optional()
                                    .orElseThrow(() -> insufficient(sql, amount, hold.amount()));
                    Entry entry =
                            take(
                                    sql,
                                    new Line(
                                            Entry.Type.DEDUCTION,
                                            -amount,
                                            hold.operation(),
                                            "hold:" + holdId,
                                            description),
                                    changed);
                    sql.statement(
                                    """
                                    UPDATE credit_hold
                                       SET status = 'captured', captured = :amount,
                                           entry_id = :entry, settled_at = :now
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("amount", amount)
                            .param("entry", entry.id())
                            .param("now", Columns.timestamp(clock.instant()))
                            .param("id", holdId)
                            .update();
                    return entry;
                });
    }

    /** Gives reserved credits back. */
    public void release(UUID holdId) {
        transactions.run(
                sql -> {
                    Hold hold = settle(sql, holdId);
                    sql.statement(
                                    """
                                    UPDATE credit_balance SET held = held - :amount
                                     WHERE account_id = :account_id
                                    """)
                            .param("amount", hold.amount())
                            .update();
                    sql.statement(
                                    """
                                    UPDATE credit_hold SET status = 'released', settled_at = :now
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("now", Columns.timestamp(clock.instant()))
                            .param("id", holdId)
                            .update();
                });
    }

    /** As {@link #release}, for whoever cleans up and need not know whether it was settled. */
    public void releaseIfHeld(UUID holdId) {
        transactions.run(
                sql -> {
                    if (lock(sql, holdId).status() == Hold.Status.HELD) {
                        release(holdId);
                    }
                });
    }

    /** Locks a hold that is still open; 409 where it was settled before. */
    private static Hold settle(AccountSql sql, UUID holdId) {
        Hold hold = lock(sql, holdId);
        if (hold.status() != Hold.Status.HELD) {
            throw Problem.conflict("hold_settled", "This hold was " + hold.status().key());
        }
        return hold;
    }

    private static Hold lock(AccountSql sql, UUID holdId) {
        return sql.statement(
                        """
                        SELECT * FROM credit_hold
                         WHERE account_id = :account_id AND id = :id FOR UPDATE
                        """)
                .param("id", holdId)
                .query(Ledger::hold)
                .optional()
                .orElseThrow(() -> Problem.notFound("Hold"));
    }

    /** How the account stands; never waits for a writer. */
    public Balance balance() {
        return transactions.query(Ledger::balance);
    }

    private static Balance balance(AccountSql sql) {
        return sql.statement(
                        "SELECT balance, held FROM credit_balance WHERE account_id = :account_id")
                .query((row, number) -> new Balance(row.getLong("balance"), row.getLong("held")))
                .optional()
                .orElse(new Balance(0, 0));
    }

    /** How many entries there are. */
    public long count() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT last_entry_id FROM credit_balance
                                         WHERE account_id = :account_id
                                        """)
                                .query(Long.class)
                                .optional()
                                .orElse(0L));
    }

    /**
     * Entries, newest first.
     *
     * @param beforeId only those older than this one; null to begin at the newest
     */
    public List<Entry> entries(@Nullable Long beforeId, Optional<Entry.Type> type, int most) {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM credit_entry
                                         WHERE account_id = :account_id AND id < :before
                                           AND (:type::text IS NULL OR type = :type)
                                         ORDER BY id DESC LIMIT :most
                                        """)
                                .param("before", beforeId == null ? Long.MAX_VALUE : beforeId)
                                .param("type", type.map(Entry.Type::key).orElse(null))
                                .param("most", most)
                                .query(Ledger::entry)
                                .list());
    }

    /** What every way out does once the balance row has let it through. */
    private static Entry take(AccountSql sql, Line line, Changed changed) {
        consume(sql, -line.amount());
        return write(sql, line, changed);
    }

    /** Lowest priority first, then what ends first, then what came first. */
    private static void consume(AccountSql sql, long amount) {
        long consumed =
                sql.statement(
                                """
                                WITH usable AS (
                                    SELECT id, sum(remaining) OVER (
                                               ORDER BY priority, expires_at NULLS LAST,
                                                        created_at, id) - remaining AS before
                                      FROM credit_grant
                                     WHERE account_id = :account_id AND remaining > 0),
                                consumed AS (
                                    UPDATE credit_grant
                                       SET remaining = remaining
                                               - least(remaining, :amount - usable.before)
                                      FROM usable
                                     WHERE account_id = :account_id
                                       AND credit_grant.id = usable.id AND usable.before < :amount
                                    RETURNING old.remaining - new.remaining AS amount)
                                SELECT coalesce(sum(amount), 0)::bigint FROM consumed
                                """)
                        .param("amount", amount)
                        .query(Long.class)
                        .single();
        if (consumed != amount) {
            // The balance let it through, so the grants must have it: else the ledger is broken
            throw new IllegalStateException("Grants had " + consumed + " of " + amount);
        }
    }

    private record Line(
            Entry.Type type,
            long amount,
            @Nullable String operation,
            String reference,
            String description) {}

    private static Entry write(AccountSql sql, Line line, Changed changed) {
        return sql.statement(
                        """
                        INSERT INTO credit_entry (account_id, id, type, amount, balance_after,
                            operation, reference, description, user_id)
                        VALUES (:account_id, :id, :type, :amount, :balance_after,
                            :operation, :reference, :description, :user)
                        RETURNING *
                        """)
                .param("id", changed.entryId())
                .param("type", line.type().key())
                .param("amount", line.amount())
                .param("balance_after", changed.balance())
                .param("operation", line.operation())
                .param("reference", line.reference())
                .param("description", line.description())
                .param("user", Tenancy.caller().userId())
                .query(Ledger::entry)
                .single();
    }

    private static void requirePositive(long amount) {
        if (amount <= 0) {
            throw Problem.invalid("amount", "Must be more than 0");
        }
    }

    /**
     * @param held of what is held, that which is meant for this very thing
     */
    private static Problem insufficient(AccountSql sql, long required, long held) {
        long available = balance(sql).available() + held;
        return Problem.of(
                        402,
                        "insufficient_credits",
                        "This needs %d credits, %d are available".formatted(required, available))
                .with("required", required)
                .with("available", available);
    }

    private static Changed changed(ResultSet row, int number) throws SQLException {
        return new Changed(row.getLong("balance"), row.getLong("last_entry_id"));
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getLong("id"),
                Entry.Type.of(row.getString("type")),
                row.getLong("amount"),
                row.getLong("balance_after"),
                row.getString("operation"),
                row.getString("reference"),
                row.getString("description"),
                Columns.instant(row, "created_at"));
    }

    private static Hold hold(ResultSet row, int number) throws SQLException {
        return new Hold(
                Columns.uuid(row, "id"),
                row.getLong("amount"),
                row.getLong("captured"),
                Hold.Status.of(row.getString("status")),
                row.getString("operation"),
                Columns.instant(row, "expires_at"));
    }
}
