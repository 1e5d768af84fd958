package com.igny8.credit;

import static java.util.stream.Collectors.joining;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Message;
import com.igny8.tenancy.Texts;

import org.intellij.lang.annotations.Language;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Writes down what has changed in books: one part for each kind of row, all of them in one
 * statement, because each statement costs PostgreSQL as much as several rows of it.
 */
final class BookWriting {
    private final Message message;
    private final List<String> parts = new ArrayList<>();

    private BookWriting(Message message) {
        this.message = message;
    }

    /** A row, and whose it is. */
    private record Of<T>(UUID accountId, T row) {}

    static void write(Message message, List<Book> books, Instant now) {
        if (!books.isEmpty()) {
            message.param("now", Columns.timestamp(now));
            new BookWriting(message).write(books);
            message.send();
        }
    }

    private void write(List<Book> books) {
        List<Of<OpenGrant>> grants = rows(books, book -> book.grants.changed());
        List<Of<KnownHold>> holds = rows(books, book -> book.holds.changed());
        balances(books);
        changedGrants(grants.stream().filter(of -> !of.row().isNew()).toList());
        newGrants(grants.stream().filter(of -> of.row().isNew()).toList());
        entries(rows(books, book -> book.newEntries));
        budgets(rows(books, book -> book.budgets.changed()));
        newHolds(holds.stream().filter(of -> of.row().isNew()).toList());
        List<Of<KnownHold>> settled = holds.stream().filter(of -> of.row().isSettled()).toList();
        if (settled.stream().anyMatch(of -> of.row().isNew())) {
            // Of one statement's parts none sees what another has written
            together();
        }
        settledHolds(settled);
        together();
    }

    private static <T> List<Of<T>> rows(List<Book> books, Function<Book, Collection<T>> changed) {
        return books.stream()
                .flatMap(
                        book ->
                                changed.apply(book).stream()
                                        .map(row -> new Of<>(book.accountId, row)))
                .toList();
    }

    private Message part(@Language("SQL") String sql) {
        parts.add(sql);
        return message;
    }

    private void together() {
        message.run(
                IntStream.range(0, parts.size())
                        .mapToObj(i -> "part" + i + " AS (\n" + parts.get(i) + ")")
                        .collect(joining(",\n", "WITH ", "\nSELECT")));
        parts.clear();
    }

    /** Numbers go as arrays of numbers, which PostgreSQL need not parse as it would text. */
    private static <T> long[] longs(Collection<T> rows, ToLongFunction<T> column) {
        return rows.stream().mapToLong(column).toArray();
    }

    private static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    private void balances(List<Book> books) {
        part("""
                        UPDATE credit_balance
                           SET balance = book.balance, held = book.held,
                               last_entry_id = book.last_entry_id,
                               alert_due = credit_balance.alert_due OR book.alert_due
                          FROM (SELECT unnest(:books::uuid[]) AS account_id,
                                       unnest(:balances::bigint[]) AS balance,
                                       unnest(:helds::bigint[]) AS held,
                                       unnest(:lasts::bigint[]) AS last_entry_id,
                                       unnest(:alerts::boolean[]) AS alert_due) AS book
                         WHERE credit_balance.account_id = book.account_id
                        """)
                .param("books", Texts.of(books, book -> book.accountId))
                .param("balances", longs(books, Book::balance))
                .param("helds", longs(books, Book::held))
                .param("lasts", longs(books, Book::lastEntryId))
                .param("alerts", Texts.of(books, Book::alertDue));
    }

    private void changedGrants(List<Of<OpenGrant>> grants) {
        if (grants.isEmpty()) {
            return;
        }
        part("""
                        UPDATE credit_grant
                           SET remaining = given.remaining, expires_at = given.expires_at,
                               rolls_over_until = given.rolls_over_until
                          FROM (SELECT unnest(:grant_accounts::uuid[]) AS account_id,
                                       unnest(:grants::uuid[]) AS id,
                                       unnest(:remaining::bigint[]) AS remaining,
                                       unnest(:expiries::timestamptz[]) AS expires_at,
                                       unnest(:roll_overs::timestamptz[]) AS rolls_over_until)
                               AS given
                         WHERE credit_grant.account_id = given.account_id
                           AND credit_grant.id = given.id
                        """)
                .param("grant_accounts", Texts.of(grants, Of::accountId))
                .param("grants", Texts.of(grants, of -> of.row().id()))
                .param("remaining", longs(grants, of -> of.row().remaining()))
                .param("expiries", Texts.of(grants, of -> of.row().expiresAt()))
                .param("roll_overs", Texts.of(grants, of -> of.row().rollsOverUntil()));
    }

    private void newGrants(List<Of<OpenGrant>> grants) {
        if (grants.isEmpty()) {
            return;
        }
        part("""
                        INSERT INTO credit_grant (account_id, id, entry_id, source, amount,
                            remaining, priority, expires_at, rolls_over_until, created_at)
                        SELECT * FROM unnest(:given_accounts::uuid[], :given_ids::uuid[],
                            :given_entries::bigint[], :given_sources::text[],
                            :given_amounts::bigint[], :given_remaining::bigint[],
                            :given_priorities::smallint[], :given_expiries::timestamptz[],
                            :given_roll_overs::timestamptz[], :given_created::timestamptz[])
                        """)
                .param("given_accounts", Texts.of(grants, Of::accountId))
                .param("given_ids", Texts.of(grants, of -> of.row().id()))
                .param("given_entries", longs(grants, of -> of.row().entryId()))
                .param("given_sources", Texts.of(grants, of -> of.row().source()))
                .param("given_amounts", longs(grants, of -> of.row().amount()))
                .param("given_remaining", longs(grants, of -> of.row().remaining()))
                .param("given_priorities", Texts.of(grants, of -> of.row().priority()))
                .param("given_expiries", Texts.of(grants, of -> of.row().expiresAt()))
                .param("given_roll_overs", Texts.of(grants, of -> of.row().rollsOverUntil()))
                .param("given_created", Texts.of(grants, of -> of.row().createdAt()));
    }

    private void entries(List<Of<Entry>> entries) {
        if (entries.isEmpty()) {
            return;
        }
        part("""
                        INSERT INTO credit_entry (account_id, id, type, amount, balance_after, held,
                            operation, reference, idempotency_key, description, site_id, user_id,
                            created_at)
                        SELECT unnest(:accounts::uuid[]), unnest(:ids::bigint[]),
                               unnest(:types::text[]), unnest(:amounts::bigint[]),
                               unnest(:balances_after::bigint[]), unnest(:helds_after::bigint[]),
                               unnest(:operations::text[]), unnest(:refs::text[]),
                               unnest(:keys::text[]), unnest(:descriptions::text[]),
                               unnest(:sites::uuid[]), unnest(:users::uuid[]), :now
                        """)
                .param("accounts", Texts.of(entries, Of::accountId))
                .param("ids", longs(entries, of -> of.row().id()))
                .param("types", Texts.of(entries, of -> of.row().type().key()))
                .param("amounts", longs(entries, of -> of.row().amount()))
                .param("balances_after", longs(entries, of -> of.row().balanceAfter()))
                .param("helds_after", longs(entries, of -> of.row().held()))
                .param("operations", Texts.of(entries, of -> of.row().operation()))
                .param("refs", Texts.of(entries, of -> of.row().reference()))
                .param("keys", Texts.of(entries, of -> of.row().idempotencyKey()))
                .param("descriptions", Texts.of(entries, of -> of.row().description()))
                .param("sites", Texts.of(entries, of -> of.row().siteId()))
                .param("users", Texts.of(entries, of -> of.row().userId()));
    }

    private void budgets(List<Of<Budget>> budgets) {
        if (budgets.isEmpty()) {
            return;
        }
        part("""
                        UPDATE credit_budget SET month = now.month, used = now.used
                          FROM unnest(:budget_accounts::uuid[], :budget_ids::uuid[],
                                      :budget_months::date[], :budget_used::bigint[])
                               AS now (account_id, id, month, used)
                         WHERE credit_budget.account_id = now.account_id
                           AND credit_budget.id = now.id
                        """)
                .param("budget_accounts", Texts.of(budgets, Of::accountId))
                .param("budget_ids", Texts.of(budgets, of -> of.row().id()))
                .param("budget_months", Texts.of(budgets, of -> of.row().month()))
                .param("budget_used", longs(budgets, of -> of.row().used()));
    }

    /** As they were made. */
    private void newHolds(List<Of<KnownHold>> holds) {
        if (holds.isEmpty()) {
            return;
        }
        part("""
                        INSERT INTO credit_hold (account_id, id, amount, operation, reference,
                            site_id, user_id, expires_at, idempotency_key, available_after,
                            created_at)
                        SELECT unnest(:held_accounts::uuid[]), unnest(:held_ids::uuid[]),
                               unnest(:held_amounts::bigint[]), unnest(:held_operations::text[]),
                               unnest(:held_refs::text[]), unnest(:held_sites::uuid[]),
                               unnest(:held_users::uuid[]),
                               timestamptz 'epoch'
                                   + unnest(:held_expiries::bigint[]) * interval '1 microsecond',
                               unnest(:held_keys::text[]), unnest(:held_availables::bigint[]),
                               timestamptz 'epoch'
                                   + unnest(:held_created::bigint[]) * interval '1 microsecond'
                        """)
                .param("held_accounts", Texts.of(holds, Of::accountId))
                .param("held_ids", Texts.of(holds, of -> of.row().hold().id()))
                .param("held_amounts", longs(holds, of -> of.row().hold().amount()))
                .param("held_operations", Texts.of(holds, of -> of.row().hold().operation()))
                .param("held_refs", Texts.of(holds, of -> of.row().hold().reference()))
                .param("held_sites", Texts.of(holds, of -> of.row().hold().siteId()))
                .param("held_users", Texts.of(holds, of -> of.row().hold().userId()))
                .param("held_expiries", longs(holds, of -> micros(of.row().hold().expiresAt())))
                .param("held_keys", Texts.of(holds, of -> of.row().key()))
                .param("held_availables", longs(holds, of -> of.row().availableAfter()))
                .param("held_created", longs(holds, of -> micros(of.row().hold().createdAt())));
    }

    private void settledHolds(List<Of<KnownHold>> holds) {
        if (holds.isEmpty()) {
            return;
        }
        part("""
                        UPDATE credit_hold
                           SET captured = settled.captured, entry_id = settled.entry_id,
                               settled_at = :now, settlement_available = settled.available
                          FROM (SELECT unnest(:settled_accounts::uuid[]) AS account_id,
                                       unnest(:settled_ids::uuid[]) AS id,
                                       unnest(:settled_captured::bigint[]) AS captured,
                                       unnest(:settled_entries::bigint[]) AS entry_id,
                                       unnest(:settlement_availables::bigint[]) AS available)
                               AS settled
                         WHERE credit_hold.account_id = settled.account_id
                           AND credit_hold.id = settled.id
                        """)
                .param("settled_accounts", Texts.of(holds, Of::accountId))
                .param("settled_ids", Texts.of(holds, of -> of.row().hold().id()))
                .param("settled_captured", longs(holds, of -> of.row().hold().captured()))
                .param("settled_entries", Texts.of(holds, of -> of.row().entryId()))
                .param("settlement_availables", longs(holds, of -> of.row().settlementAvailable()));
    }
}
