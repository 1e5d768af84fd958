package com.igny8.credit;

import com.igny8.credit.Bookkeeper.Patience;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Message;
import com.igny8.tenancy.Texts;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Opens books: asks for the balance rows, which are the locks, and in later statements of the same
 * message for what hangs on them, so that it is seen as whoever had the lock before has left it.
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

    /** What is asked for beyond so many changes, and what is answered, goes by itself. */
    private static final int IN_ONE_MESSAGE = 256;

    private static final String A_MOMENT = "100ms";

    /**
     * How long locks of many accounts outlive a node that vanished between two messages. Who waits
     * without end has one account's, and may have more to do than to bring a change into the book.
     */
    private static final String LONGEST_SILENCE = "30s";

    private final Supplier<Message> messages;
    private final Collection<UUID> accounts;
    private final List<? extends Change> changes;
    private final Instant now;
    private final Map<UUID, Book> books = new TreeMap<>();
    private Message message;

    BookReading(
            Supplier<Message> messages,
            Collection<UUID> accounts,
            List<? extends Change> changes,
            Instant now) {
        this.messages = messages;
        this.accounts = accounts;
        this.changes = changes;
        this.now = now;
        this.message = messages.get();
    }

    /** With {@link Patience#NONE}, of those accounts only that nobody else holds. */
    Map<UUID, Book> open(Patience patience) {
        prepare(patience);
        boolean isPatient = patience != Patience.NONE;
        if (isPatient && changes.stream().anyMatch(BookReading::bringsCredits)) {
            makeMissing();
        }
        lock(isPatient ? "FOR UPDATE" : "FOR UPDATE SKIP LOCKED");
        grants();
        budgets();
        entries();
        holds();
        refundables();
        sites();
        message.send();
        books.values().forEach(book -> book.grants.sort());
        if (isPatient) {
            // Who never had anything has an empty one; nobody else can have that locked
            accounts.forEach(account -> books.computeIfAbsent(account, Book::empty));
        }
        return books;
    }

    /**
     * For the rest of the transaction. A month just begun is empty, as far as statistics know, and
     * a plan made for that reads all of it for each row, however much there is by then. The plan is
     * made once, because to make it takes longer than to carry it out.
     */
    private void prepare(Patience patience) {
        message.run(
                        """
                        SELECT set_config('enable_seqscan', 'off', true),
                               set_config('enable_hashjoin', 'off', true),
                               set_config('enable_mergejoin', 'off', true),
                               set_config('enable_material', 'off', true),
                               set_config('plan_cache_mode', 'force_generic_plan', true),
                               set_config('lock_timeout', :timeout, true),
                               set_config('idle_in_transaction_session_timeout',
                                   coalesce(:silence,
                                       current_setting('idle_in_transaction_session_timeout')),
                                   true)
                        """)
                .param("timeout", patience == Patience.ENDLESS ? "0" : A_MOMENT)
                .param("silence", patience == Patience.ENDLESS ? null : LONGEST_SILENCE)
                .param("accounts", Texts.of(accounts, account -> account));
    }

    /** Only what brings credits opens a book; without one, an account has nothing. */
    private static boolean bringsCredits(Change change) {
        return switch (change) {
            case Change.Grant grant -> true;
            case Change.Adjustment adjustment -> adjustment.amount() > 0;
            case Change.Deduction deduction -> false;
            case Change.Reservation reservation -> false;
            case Change.Capture capture -> false;
            case Change.Release release -> false;
            case Change.Refund refund -> false;
            case Change.Invalid invalid -> false;
            case Change.Expiry expiry -> false;
        };
    }

    private void makeMissing() {
        message.run(
                """
                INSERT INTO credit_balance (account_id)
                SELECT id FROM unnest(:accounts::uuid[]) AS asked (id)
                 WHERE NOT EXISTS (SELECT FROM credit_balance WHERE account_id = id)
                 ORDER BY id
                ON CONFLICT (account_id) DO NOTHING
                """);
    }

    /** In one order on every node, so that nobody waits in a circle. */
    private void lock(String how) {
        message.query(
                """
                SELECT *, (SELECT now_at FROM test_clock
                            WHERE test_clock.account_id = credit_balance.account_id)
                          AS own_time
                  FROM credit_balance WHERE account_id = ANY (:accounts::uuid[])
                 ORDER BY account_id
                """
                        + how,
                row -> {
                    Book book = Rows.book(row);
                    books.put(book.accountId, book);
                });
    }

    private void grants() {
        message.query(
                """
                SELECT * FROM credit_grant
                 WHERE account_id = ANY (:accounts::uuid[]) AND is_open
                """,
                into((book, row) -> book.grants.put(Rows.grant(row))));
    }

    private void budgets() {
        message.query(
                "SELECT * FROM credit_budget WHERE account_id = ANY (:accounts::uuid[])",
                into((book, row) -> book.budgets.put(Rows.budget(row))));
    }

    /** What was done before under the keys that are given. */
    private void entries() {
        List<? extends Change> keyed =
                changes.stream().filter(change -> change.key() != null).toList();
        if (keyed.isEmpty()) {
            return;
        }
        // Months to come are empty and need no look for each key, unless a clock was put back
        another()
                .query(
                        """
                        SELECT entry.* FROM (SELECT unnest(:keyed_accounts::uuid[]) AS account_id,
                                                    unnest(:keys::text[]) AS key) AS asked,
                               LATERAL (SELECT * FROM credit_entry
                                WHERE account_id = asked.account_id AND idempotency_key = asked.key
                                  AND created_at > :since
                                  AND created_at < (SELECT CASE WHEN EXISTS (
                                          SELECT FROM credit_entry WHERE created_at >= :next_month)
                                          THEN 'infinity' ELSE :next_month::timestamptz END)
                                LIMIT 1) entry
                        """,
                        into(
                                (book, row) -> {
                                    Entry entry = Rows.entry(row);
                                    book.entriesByKey.put(
                                            Objects.requireNonNull(entry.idempotencyKey()), entry);
                                }))
                .param("keyed_accounts", Texts.of(keyed, change -> change.by().accountId()))
                .param("keys", Texts.of(keyed, Change::key))
                .param("since", Columns.timestamp(now.minus(KEY_MEMORY)))
                .param("next_month", nextMonth());
    }

    private OffsetDateTime nextMonth() {
        return YearMonth.from(now.atOffset(ZoneOffset.UTC))
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay()
                .atOffset(ZoneOffset.UTC);
    }

    private record HoldOf(UUID accountId, UUID holdId) {}

    /** The holds that are to be settled, and those that were made under the keys. */
    private void holds() {
        List<HoldOf> asked = new ArrayList<>();
        for (Change change : changes) {
            UUID holdId = holdId(change);
            if (holdId != null) {
                asked.add(new HoldOf(change.by().accountId(), holdId));
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        another()
                .query(
                        """
                        SELECT hold.* FROM (SELECT unnest(:hold_accounts::uuid[]) AS account_id,
                                                   unnest(:holds::uuid[]) AS id) AS asked,
                               LATERAL (SELECT * FROM credit_hold
                                WHERE account_id = asked.account_id AND id = asked.id
                                LIMIT 1) hold
                        """,
                        into((book, row) -> book.holds.put(Rows.hold(row))))
                .param("hold_accounts", Texts.of(asked, HoldOf::accountId))
                .param("holds", Texts.of(asked, HoldOf::holdId));
    }

    /** That which the change settles, or that its key stands for. */
    private static @Nullable UUID holdId(Change change) {
        if (change instanceof Change.Settlement settlement) {
            return settlement.holdId();
        }
        if (change.key() == null) {
            return null;
        }
        return change instanceof Change.Reservation reservation
                ? reservation.holdId()
                : HoldId.under(change.by().accountId(), change.key());
    }

    /** The entries that are to be given back, and what of them was. */
    private void refundables() {
        List<Change.Refund> refunds =
                changes.stream()
                        .filter(Change.Refund.class::isInstance)
                        .map(Change.Refund.class::cast)
                        .toList();
        if (refunds.isEmpty()) {
            return;
        }
        another()
                .query(
                        """
                        SELECT entry.*, (SELECT coalesce(sum(amount), 0)::bigint
                                   FROM credit_entry refund
                                  WHERE refund.account_id = entry.account_id
                                    AND refund.id > entry.id AND refund.type = 'refund'
                                    AND refund.reference = 'entry:' || entry.id) AS refunded
                          FROM (SELECT unnest(:refund_accounts::uuid[]) AS account_id,
                                       unnest(:refunds::bigint[]) AS id) AS asked,
                               LATERAL (SELECT * FROM credit_entry
                                WHERE account_id = asked.account_id AND id = asked.id
                                LIMIT 1) entry
                        """,
                        into(
                                (book, row) -> {
                                    Entry entry = Rows.entry(row);
                                    book.refundables.put(
                                            entry.id(),
                                            new Book.Refundable(entry, row.getLong("refunded")));
                                }))
                .param("refund_accounts", Texts.of(refunds, refund -> refund.by().accountId()))
                .param("refunds", Texts.of(refunds, Change.Refund::entryId));
    }

    /** Which of the sites that are named there are, and may be reached by who names them. */
    private void sites() {
        List<? extends Change> forSites =
                changes.stream().filter(change -> change.siteId() != null).toList();
        if (forSites.isEmpty()) {
            return;
        }
        another()
                .query(
                        """
                        SELECT asked.*
                          FROM (SELECT unnest(:site_accounts::uuid[]) AS account_id,
                                       unnest(:sites::uuid[]) AS id,
                                       unnest(:users::uuid[]) AS user_id,
                                       unnest(:all::boolean[]) AS reaches_all) AS asked
                          JOIN site ON site.account_id = asked.account_id AND site.id = asked.id
                         WHERE site.deleted_at IS NULL
                           AND (reaches_all OR EXISTS (SELECT FROM site_access access
                                WHERE access.account_id = site.account_id
                                  AND access.site_id = site.id
                                  AND access.user_id = asked.user_id))
                        """,
                        into((book, row) -> book.sites.add(Rows.reach(row))))
                .param("site_accounts", Texts.of(forSites, change -> change.by().accountId()))
                .param("sites", Texts.of(forSites, Change::siteId))
                .param("users", Texts.of(forSites, change -> change.by().userId()))
                .param("all", Texts.of(forSites, change -> change.by().reachesAllSites()));
    }

    /** PostgreSQL answers while it is still being asked: more than sockets take would stop both. */
    private Message another() {
        if (changes.size() > IN_ONE_MESSAGE) {
            message.send();
            message = messages.get();
        }
        return message;
    }

    @FunctionalInterface
    private interface IntoBook {
        void put(Book book, ResultSet row) throws SQLException;
    }

    /** What is read of accounts that somebody else holds may be old by now, and is left. */
    private RowCallbackHandler into(IntoBook reader) {
        return row -> {
            Book book = books.get(Columns.uuid(row, "account_id"));
            if (book != null) {
                reader.put(book, row);
            }
        };
    }
}
