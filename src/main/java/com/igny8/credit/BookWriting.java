package com.igny8.credit;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Texts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Writes down what has changed in books: one statement for each kind of row, however many. */
final class BookWriting {
    private BookWriting() {}

    /** A row, and whose it is. */
    private record Of<T>(UUID accountId, T row) {}

    static void write(Bookkeeper.Sql sql, List<Book> books, Instant now) {
        if (books.isEmpty()) {
            return;
        }
        List<Of<OpenGrant>> grants = rows(books, book -> book.grants.changed());
        List<Of<KnownHold>> holds = rows(books, book -> book.holds.changed());
        balancesGrantsAndEntries(
                sql, books, grants.stream().filter(of -> !of.row().isNew()).toList(), now);
        newGrants(sql, grants.stream().filter(of -> of.row().isNew()).toList());
        newHolds(sql, holds.stream().filter(of -> of.row().isNew()).toList(), now);
        settledHolds(sql, holds.stream().filter(of -> !of.row().isNew()).toList(), now);
        budgets(sql, rows(books, book -> book.budgets.changed()));
    }

    private static <T> List<Of<T>> rows(List<Book> books, Function<Book, Collection<T>> changed) {
        return books.stream()
                .flatMap(
                        book ->
                                changed.apply(book).stream()
                                        .map(row -> new Of<>(book.accountId, row)))
                .toList();
    }

    /** What every deduction touches, in one statement. */
    private static void balancesGrantsAndEntries(
            Bookkeeper.Sql sql, List<Book> books, List<Of<OpenGrant>> grants, Instant now) {
        List<Of<Entry>> entries = rows(books, book -> book.newEntries);
        sql.statement(
                        """
                        WITH balances AS (
                            UPDATE credit_balance
                               SET balance = book.balance, held = book.held,
                                   last_entry_id = book.last_entry_id,
                                   alert_due = credit_balance.alert_due OR book.alert_due
                              FROM unnest(:books::uuid[], :balances::bigint[], :helds::bigint[],
                                          :lasts::bigint[], :alerts::boolean[])
                                   AS book (account_id, balance, held, last_entry_id, alert_due)
                             WHERE credit_balance.account_id = book.account_id),
                        grants AS (
                            UPDATE credit_grant
                               SET remaining = given.remaining, expires_at = given.expires_at,
                                   rolls_over_until = given.rolls_over_until
                              FROM unnest(:grant_accounts::uuid[], :grants::uuid[],
                                          :remaining::bigint[], :expiries::timestamptz[],
                                          :roll_overs::timestamptz[])
                                   AS given (account_id, id, remaining, expires_at,
                                             rolls_over_until)
                             WHERE credit_grant.account_id = given.account_id
                               AND credit_grant.id = given.id)
                        INSERT INTO credit_entry (account_id, id, type, amount, balance_after, held,
                            operation, reference, idempotency_key, description, site_id, user_id,
                            created_at)
                        SELECT *, :now FROM unnest(:accounts::uuid[], :ids::bigint[],
                            :types::text[], :amounts::bigint[], :balances_after::bigint[],
                            :helds_after::bigint[], :operations::text[], :refs::text[],
                            :keys::text[], :descriptions::text[], :sites::uuid[], :users::uuid[])
                        """)
                .param("books", Texts.of(books, book -> book.accountId))
                .param("balances", Texts.of(books, Book::balance))
                .param("helds", Texts.of(books, Book::held))
                .param("lasts", Texts.of(books, Book::lastEntryId))
                .param("alerts", Texts.of(books, Book::alertDue))
                .param("grant_accounts", Texts.of(grants, Of::accountId))
                .param("grants", Texts.of(grants, of -> of.row().id()))
                .param("remaining", Texts.of(grants, of -> of.row().remaining()))
                .param("expiries", Texts.of(grants, of -> of.row().expiresAt()))
                .param("roll_overs", Texts.of(grants, of -> of.row().rollsOverUntil()))
                .param("now", Columns.timestamp(now))
                .param("accounts", Texts.of(entries, Of::accountId))
                .param("ids", Texts.of(entries, of -> of.row().id()))
                .param("types", Texts.of(entries, of -> of.row().type().key()))
                .param("amounts", Texts.of(entries, of -> of.row().amount()))
                .param("balances_after", Texts.of(entries, of -> of.row().balanceAfter()))
                .param("helds_after", Texts.of(entries, of -> of.row().held()))
                .param("operations", Texts.of(entries, of -> of.row().operation()))
                .param("refs", Texts.of(entries, of -> of.row().reference()))
                .param("keys", Texts.of(entries, of -> of.row().idempotencyKey()))
                .param("descriptions", Texts.of(entries, of -> of.row().description()))
                .param("sites", Texts.of(entries, of -> of.row().siteId()))
                .param("users", Texts.of(entries, of -> of.row().userId()))
                .update();
    }

    private static void newGrants(Bookkeeper.Sql sql, List<Of<OpenGrant>> grants) {
        if (grants.isEmpty()) {
            return;
        }
        sql.statement(
                        """
                        INSERT INTO credit_grant (account_id, id, entry_id, source, amount,
                            remaining, priority, expires_at, rolls_over_until, created_at)
                        SELECT * FROM unnest(:accounts::uuid[], :ids::uuid[], :entries::bigint[],
                            :sources::text[], :amounts::bigint[], :remaining::bigint[],
                            :priorities::smallint[], :expiries::timestamptz[],
                            :roll_overs::timestamptz[], :created::timestamptz[])
                        """)
                .param("accounts", Texts.of(grants, Of::accountId))
                .param("ids", Texts.of(grants, of -> of.row().id()))
                .param("entries", Texts.of(grants, of -> of.row().entryId()))
                .param("sources", Texts.of(grants, of -> of.row().source()))
                .param("amounts", Texts.of(grants, of -> of.row().amount()))
                .param("remaining", Texts.of(grants, of -> of.row().remaining()))
                .param("priorities", Texts.of(grants, of -> of.row().priority()))
                .param("expiries", Texts.of(grants, of -> of.row().expiresAt()))
                .param("roll_overs", Texts.of(grants, of -> of.row().rollsOverUntil()))
                .param("created", Texts.of(grants, of -> of.row().createdAt()))
                .update();
    }

    private static void newHolds(Bookkeeper.Sql sql, List<Of<KnownHold>> holds, Instant now) {
        if (holds.isEmpty()) {
            return;
        }
        sql.statement(
                        """
                        INSERT INTO credit_hold (account_id, id, amount, captured, status,
                            operation, reference, site_id, user_id, expires_at, idempotency_key,
                            available_after, entry_id, settlement_key, settlement_available,
                            created_at, settled_at)
                        SELECT *, :now::timestamptz,
                               CASE WHEN hold.status <> 'held' THEN :now::timestamptz END
                          FROM unnest(:accounts::uuid[], :ids::uuid[], :amounts::bigint[],
                            :captured::bigint[], :statuses::text[], :operations::text[],
                            :refs::text[], :sites::uuid[], :users::uuid[],
                            :expiries::timestamptz[], :keys::text[], :availables::bigint[],
                            :entries::bigint[], :settlement_keys::text[],
                            :settlement_availables::bigint[])
                            AS hold (account_id, id, amount, captured, status)
                        """)
                .param("amounts", Texts.of(holds, of -> of.row().hold().amount()))
                .param("operations", Texts.of(holds, of -> of.row().hold().operation()))
                .param("refs", Texts.of(holds, of -> of.row().hold().reference()))
                .param("sites", Texts.of(holds, of -> of.row().hold().siteId()))
                .param("users", Texts.of(holds, of -> of.row().hold().userId()))
                .param("expiries", Texts.of(holds, of -> of.row().hold().expiresAt()))
                .param("keys", Texts.of(holds, of -> of.row().key()))
                .param("availables", Texts.of(holds, of -> of.row().availableAfter()))
                .params(settlements(holds, now))
                .update();
    }

    private static void settledHolds(Bookkeeper.Sql sql, List<Of<KnownHold>> holds, Instant now) {
        if (holds.isEmpty()) {
            return;
        }
        sql.statement(
                        """
                        UPDATE credit_hold
                           SET status = settled.status, captured = settled.captured,
                               entry_id = settled.entry_id, settled_at = :now,
                               settlement_key = settled.key,
                               settlement_available = settled.available
                          FROM unnest(:accounts::uuid[], :ids::uuid[], :statuses::text[],
                                      :captured::bigint[], :entries::bigint[],
                                      :settlement_keys::text[], :settlement_availables::bigint[])
                               AS settled (account_id, id, status, captured, entry_id, key,
                                           available)
                         WHERE credit_hold.account_id = settled.account_id
                           AND credit_hold.id = settled.id
                        """)
                .params(settlements(holds, now))
                .update();
    }

    /** What both say of a hold: as it is after all that was done to it. */
    private static Map<String, Object> settlements(List<Of<KnownHold>> holds, Instant now) {
        return Map.of(
                "now",
                now.atOffset(ZoneOffset.UTC),
                "accounts",
                Texts.of(holds, Of::accountId),
                "ids",
                Texts.of(holds, of -> of.row().hold().id()),
                "statuses",
                Texts.of(holds, of -> of.row().hold().status().key()),
                "captured",
                Texts.of(holds, of -> of.row().hold().captured()),
                "entries",
                Texts.of(holds, of -> of.row().entryId()),
                "settlement_keys",
                Texts.of(holds, of -> of.row().settlementKey()),
                "settlement_availables",
                Texts.of(holds, of -> of.row().settlementAvailable()));
    }

    private static void budgets(Bookkeeper.Sql sql, List<Of<Budget>> budgets) {
        if (budgets.isEmpty()) {
            return;
        }
        sql.statement(
                        """
                        UPDATE credit_budget SET month = now.month, used = now.used
                          FROM unnest(:accounts::uuid[], :ids::uuid[], :months::date[],
                                      :used::bigint[]) AS now (account_id, id, month, used)
                         WHERE credit_budget.account_id = now.account_id
                           AND credit_budget.id = now.id
                        """)
                .param("accounts", Texts.of(budgets, Of::accountId))
                .param("ids", Texts.of(budgets, of -> of.row().id()))
                .param("months", Texts.of(budgets, of -> of.row().month()))
                .param("used", Texts.of(budgets, of -> of.row().used()))
                .update();
    }
}
