package com.igny8.credit;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Texts;

import org.intellij.lang.annotations.Language;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The only one who changes credits: locks the balance rows of all accounts concerned, in their
 * order, reads what hangs on them, has {@link Book} apply one change after the other, and writes
 * down what came out, all of it in the transaction that is there. Who holds an account's balance
 * row has all of its credits; so what is read under the lock stays true until the commit, on
 * however many nodes others want to change it too.
 *
 * <p>A thousand changes take as many statements as one.
 */
@Component
class Bookkeeper {
    private static final String A_MOMENT = "100ms";

    private final Clock clock;

    Bookkeeper(Clock clock) {
        this.clock = clock;
    }

    /** Statements of the transaction that is there, whosever it is. */
    @FunctionalInterface
    interface Sql {
        StatementSpec statement(@Language("SQL") String sql);
    }

    /** What to do where somebody else holds an account that is asked for. */
    enum Patience {
        /** Wait as long as it takes: for a transaction that is about one account. */
        ENDLESS,
        /** Wait for a moment; then the statement fails, and the transaction with it. */
        SHORT,
        /** Leave it out. What else there is to wait for is waited for as with {@link #SHORT}. */
        NONE
    }

    /**
     * What became of changes.
     *
     * @param outcomes of those that were tried, in their order
     * @param leftOut the accounts that somebody else holds: no change of theirs was tried
     */
    record Posted(List<Outcome> outcomes, Set<UUID> leftOut) {}

    /** Each change's outcome, in their order. What is refused has no effect on the others. */
    List<Outcome> post(Sql sql, List<? extends Change> changes) {
        return post(sql, changes, Patience.ENDLESS).outcomes();
    }

    /** As above, for those who would not have one account wait for another. */
    Posted post(Sql sql, List<? extends Change> asked, Patience patience) {
        Set<UUID> accounts =
                asked.stream()
                        .map(change -> change.by().accountId())
                        .collect(Collectors.toCollection(TreeSet::new));
        if (accounts.isEmpty()) {
            return new Posted(List.of(), accounts);
        }
        Instant now = clock.instant();
        prepare(sql, patience);
        BookReading reading = new BookReading(sql, accounts);
        Map<UUID, Book> books = new TreeMap<>(locked(reading, accounts, asked, patience));
        List<? extends Change> changes =
                asked.stream()
                        .filter(change -> books.containsKey(change.by().accountId()))
                        .toList();
        accounts.removeAll(books.keySet());
        reading.fill(books, changes, now);
        return new Posted(post(sql, books, changes, now), accounts);
    }

    /**
     * For the rest of the transaction. A month just begun is empty, as far as statistics know, and
     * a plan made for that reads all of it for each row, however much there is by then.
     */
    private static void prepare(Sql sql, Patience patience) {
        sql.statement(
                        """
                        SELECT set_config('enable_seqscan', 'off', true),
                               set_config('enable_hashjoin', 'off', true),
                               set_config('enable_mergejoin', 'off', true),
                               set_config('enable_material', 'off', true),
                               set_config('lock_timeout', :timeout, true)
                        """)
                .param("timeout", patience == Patience.ENDLESS ? "0" : A_MOMENT)
                .query()
                .singleRow();
    }

    /** Of who never had anything, an empty one; nobody else can have that locked. */
    private static Map<UUID, Book> locked(
            BookReading reading,
            Set<UUID> accounts,
            List<? extends Change> changes,
            Patience patience) {
        if (patience == Patience.NONE) {
            return reading.lockedByNobodyElse();
        }
        Map<UUID, Book> books = reading.locked();
        if (books.size() < accounts.size()
                && changes.stream().anyMatch(Bookkeeper::bringsCredits)) {
            reading.makeMissing();
            books = reading.locked();
        }
        for (UUID account : accounts) {
            books.computeIfAbsent(account, Book::empty);
        }
        return books;
    }

    private static List<Outcome> post(
            Sql sql, Map<UUID, Book> books, List<? extends Change> changes, Instant now) {
        List<Outcome> outcomes = new ArrayList<>(changes.size());
        Set<SiteOf> sites = sites(sql, changes);
        for (Change change : changes) {
            UUID accountId = change.by().accountId();
            Book book = Objects.requireNonNull(books.get(accountId));
            boolean isForNoSite =
                    change.siteId() != null
                            && !(change.by().knows(change.siteId())
                                    && sites.contains(new SiteOf(accountId, change.siteId())));
            outcomes.add(
                    isForNoSite ? book.refused(Problem.notFound("Site")) : book.apply(change, now));
        }
        BookWriting.write(sql, books.values().stream().filter(Book::isChanged).toList(), now);
        return outcomes;
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

    private record SiteOf(UUID accountId, UUID siteId) {}

    /** Which of the sites that are named there are, and may be reached by who names them. */
    private static Set<SiteOf> sites(Sql sql, Collection<? extends Change> changes) {
        List<? extends Change> forSites =
                changes.stream().filter(change -> change.siteId() != null).toList();
        if (forSites.isEmpty()) {
            return Set.of();
        }
        return sql.statement(
                        """
                        SELECT DISTINCT site.account_id, site.id
                          FROM unnest(:accounts::uuid[], :sites::uuid[], :users::uuid[],
                                      :all::boolean[]) AS asked (account_id, id, user_id, reaches_all)
                          JOIN site ON site.account_id = asked.account_id AND site.id = asked.id
                         WHERE site.deleted_at IS NULL
                           AND (reaches_all OR EXISTS (SELECT FROM site_access access
                                WHERE access.account_id = site.account_id
                                  AND access.site_id = site.id
                                  AND access.user_id = asked.user_id))
                        """)
                .param("accounts", Texts.of(forSites, change -> change.by().accountId()))
                .param("sites", Texts.of(forSites, Change::siteId))
                .param("users", Texts.of(forSites, change -> change.by().userId()))
                .param("all", Texts.of(forSites, change -> change.by().reachesAllSites()))
                .query(
                        (row, number) ->
                                new SiteOf(
                                        Columns.uuid(row, "account_id"), Columns.uuid(row, "id")))
                .set();
    }
}
