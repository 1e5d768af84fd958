package com.igny8.credit;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Texts;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Opens books: the balance rows first, which are the locks, and in later statements what hangs on
 * them, so that it is seen as whoever had the lock before has left it.
 *
 * <p>What is looked for one by one is asked for with LATERAL and LIMIT 1: so it is found by its
 * index whatever the statistics say, which know nothing of a month that has just begun.
 */
final class BookReading {
    /**
     * How far back an entry is looked for by its key: longer than a month, within which the
     * database refuses the same key twice, and short enough to look into few of them.
     */
    static final Duration KEY_MEMORY = Duration.ofDays(35);

    private final Bookkeeper.Sql sql;
    private final @Nullable String[] asked;
    private @Nullable String[] accounts;
    private final Map<UUID, Book> withBudgets = new HashMap<>();

    BookReading(Bookkeeper.Sql sql, Collection<UUID> accounts) {
        this.sql = sql;
        this.asked = Texts.of(accounts, account -> account);
        this.accounts = asked;
    }

    void makeMissing() {
        sql.statement(
                        """
                        INSERT INTO credit_balance (account_id)
                        SELECT id FROM unnest(:accounts::uuid[]) AS asked (id)
                         WHERE NOT EXISTS (SELECT FROM credit_balance WHERE account_id = id)
                         ORDER BY id
                        ON CONFLICT (account_id) DO NOTHING
                        """)
                .param("accounts", asked)
                .update();
    }

    /** Waits for them, in one order on every node, so that nobody waits in a circle. */
    Map<UUID, Book> locked() {
        return locked("FOR UPDATE");
    }

    /** Those of the accounts that nobody else holds just now. */
    Map<UUID, Book> lockedByNobodyElse() {
        return locked("FOR UPDATE SKIP LOCKED");
    }

    private Map<UUID, Book> locked(String how) {
        Map<UUID, Book> books = new HashMap<>();
        sql.statement(
                        """
                        SELECT *, (SELECT now_at FROM test_clock
                                    WHERE test_clock.account_id = credit_balance.account_id)
                                  AS own_time
                          FROM credit_balance WHERE account_id = ANY (:accounts::uuid[])
                         ORDER BY account_id
                        """
                                + how)
                .param("accounts", asked)
                .query(
                        (RowCallbackHandler)
                                row -> {
                                    Book book = book(row);
                                    books.put(book.accountId, book);
                                    if (row.getBoolean("has_budgets")) {
                                        withBudgets.put(book.accountId, book);
                                    }
                                });
        accounts = Texts.of(books.keySet(), account -> account);
        return books;
    }

    /** Reads what the changes need to know of the accounts that are locked. */
    void fill(Map<UUID, Book> books, List<? extends Change> changes, Instant now) {
        grants(books);
        budgets(books);
        keys(books, changes, now);
        holds(books, changes);
        refundables(books, changes);
    }

    private static Book book(ResultSet row) throws SQLException {
        return new Book(
                Columns.uuid(row, "account_id"),
                new Balance(row.getLong("balance"), row.getLong("held")),
                row.getLong("last_entry_id"),
                Columns.longOrNull(row, "alert_below"),
                Columns.instantOrNull(row, "own_time"));
    }

    private void grants(Map<UUID, Book> books) {
        sql.statement(
                        """
                        SELECT * FROM credit_grant
                         WHERE account_id = ANY (:accounts::uuid[]) AND is_open
                        """)
                .param("accounts", accounts)
                .query((RowCallbackHandler) row -> bookOf(books, row).grants.put(grant(row)));
        books.values().forEach(book -> book.grants.sort());
    }

    private static OpenGrant grant(ResultSet row) throws SQLException {
        return new OpenGrant(
                Columns.uuid(row, "id"),
                row.getLong("entry_id"),
                row.getString("source"),
                row.getLong("amount"),
                row.getLong("remaining"),
                row.getInt("priority"),
                Columns.instantOrNull(row, "expires_at"),
                Columns.instantOrNull(row, "rolls_over_until"),
                Columns.instant(row, "created_at"),
                false);
    }

    private void budgets(Map<UUID, Book> books) {
        if (withBudgets.isEmpty()) {
            return;
        }
        sql.statement("SELECT * FROM credit_budget WHERE account_id = ANY (:accounts::uuid[])")
                .param("accounts", Texts.of(withBudgets.keySet(), account -> account))
                .query((RowCallbackHandler) row -> bookOf(books, row).budgets.put(budget(row)));
    }

    static Budget budget(ResultSet row) throws SQLException {
        return new Budget(
                Columns.uuid(row, "id"),
                Columns.uuidOrNull(row, "user_id"),
                Columns.uuidOrNull(row, "site_id"),
                row.getLong("monthly_limit"),
                row.getObject("month", LocalDate.class),
                row.getLong("used"));
    }

    /** What was done before under the keys that are given. */
    private void keys(Map<UUID, Book> books, List<? extends Change> changes, Instant now) {
        List<? extends Change> keyed =
                changes.stream().filter(change -> change.key() != null).toList();
        if (keyed.isEmpty()) {
            return;
        }
        @Nullable String[] owners = Texts.of(keyed, change -> change.by().accountId());
        @Nullable String[] keys = Texts.of(keyed, Change::key);
        // Months to come are empty and need no look for each key, unless a clock was put back
        sql.statement(
                        """
                        SELECT entry.* FROM unnest(:accounts::uuid[], :keys::text[])
                               AS asked (account_id, key),
                               LATERAL (SELECT * FROM credit_entry
                                WHERE account_id = asked.account_id AND idempotency_key = asked.key
                                  AND created_at > :since
                                  AND created_at < (SELECT CASE WHEN EXISTS (
                                          SELECT FROM credit_entry WHERE created_at >= :next_month)
                                          THEN 'infinity' ELSE :next_month::timestamptz END)
                                LIMIT 1) entry
                        """)
                .param("accounts", owners)
                .param("keys", keys)
                .param("since", Columns.timestamp(now.minus(KEY_MEMORY)))
                .param("next_month", nextMonth(now))
                .query(
                        (RowCallbackHandler)
                                row -> {
                                    Entry entry = entry(row);
                                    bookOf(books, row)
                                            .entriesByKey
                                            .put(
                                                    Objects.requireNonNull(entry.idempotencyKey()),
                                                    entry);
                                });
        sql.statement(
                        """
                        SELECT hold.* FROM unnest(:accounts::uuid[], :keys::text[])
                               AS asked (account_id, key),
                               LATERAL (SELECT * FROM credit_hold
                                WHERE account_id = asked.account_id AND idempotency_key = asked.key
                                LIMIT 1) hold
                        """)
                .param("accounts", owners)
                .param("keys", keys)
                .query(
                        (RowCallbackHandler)
                                row -> {
                                    KnownHold hold = hold(row);
                                    bookOf(books, row)
                                            .holds
                                            .put(Objects.requireNonNull(hold.key()), hold);
                                });
    }

    private static OffsetDateTime nextMonth(Instant now) {
        return YearMonth.from(now.atOffset(ZoneOffset.UTC))
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay()
                .atOffset(ZoneOffset.UTC);
    }

    private record HoldOf(UUID accountId, UUID holdId) {}

    /** The holds that are to be settled. */
    private void holds(Map<UUID, Book> books, List<? extends Change> changes) {
        List<HoldOf> asked = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.Capture capture) {
                asked.add(new HoldOf(capture.by().accountId(), capture.holdId()));
            } else if (change instanceof Change.Release release) {
                asked.add(new HoldOf(release.by().accountId(), release.holdId()));
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        sql.statement(
                        """
                        SELECT hold.* FROM unnest(:accounts::uuid[], :holds::uuid[])
                               AS asked (account_id, id),
                               LATERAL (SELECT * FROM credit_hold
                                WHERE account_id = asked.account_id AND id = asked.id
                                LIMIT 1) hold
                        """)
                .param("accounts", Texts.of(asked, HoldOf::accountId))
                .param("holds", Texts.of(asked, HoldOf::holdId))
                .query(
                        (RowCallbackHandler)
                                row -> {
                                    KnownHold hold = hold(row);
                                    bookOf(books, row).holds.put(hold);
                                });
    }

    private static KnownHold hold(ResultSet row) throws SQLException {
        return new KnownHold(
                new Hold(
                        Columns.uuid(row, "id"),
                        row.getLong("amount"),
                        row.getLong("captured"),
                        Hold.Status.of(row.getString("status")),
                        row.getString("operation"),
                        row.getString("reference"),
                        Columns.uuidOrNull(row, "site_id"),
                        Columns.uuidOrNull(row, "user_id"),
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "expires_at")),
                row.getString("idempotency_key"),
                row.getLong("available_after"),
                row.getString("settlement_key"),
                Columns.longOrNull(row, "settlement_available"),
                Columns.longOrNull(row, "entry_id"),
                false);
    }

    /** The entries that are to be given back, and what of them was. */
    private void refundables(Map<UUID, Book> books, List<? extends Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.Refund refund) {
                sql.statement(
                                """
                                SELECT entry.*, (SELECT coalesce(sum(amount), 0)::bigint
                                           FROM credit_entry refund
                                          WHERE refund.account_id = entry.account_id
                                            AND refund.id > entry.id AND refund.type = 'refund'
                                            AND refund.reference = 'entry:' || entry.id) AS refunded
                                  FROM credit_entry entry
                                 WHERE entry.account_id = :account::uuid AND entry.id = :entry
                                """)
                        .param("account", refund.by().accountId())
                        .param("entry", refund.entryId())
                        .query(
                                (RowCallbackHandler)
                                        row ->
                                                bookOf(books, row)
                                                        .refundables
                                                        .put(
                                                                refund.entryId(),
                                                                new Book.Refundable(
                                                                        entry(row),
                                                                        row.getLong("refunded"))));
            }
        }
    }

    static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                Entry.Type.of(row.getString("type")),
                row.getLong("amount"),
                row.getLong("balance_after"),
                row.getLong("held"),
                row.getString("operation"),
                row.getString("reference"),
                row.getString("idempotency_key"),
                row.getString("description"),
                Columns.uuidOrNull(row, "site_id"),
                Columns.uuidOrNull(row, "user_id"),
                Columns.instant(row, "created_at"));
    }

    /** Everything read belongs to an account whose row was locked before it. */
    private static Book bookOf(Map<UUID, Book> books, ResultSet row) throws SQLException {
        return Objects.requireNonNull(books.get(Columns.uuid(row, "account_id")));
    }
}
