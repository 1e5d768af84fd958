package com.igny8.credit;

import com.igny8.kernel.Problem;

import org.intellij.lang.annotations.Language;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    private final Clock clock;

    Bookkeeper(Clock clock) {
        this.clock = clock;
    }

    /** Statements of the transaction that is there, whosever it is. */
    @FunctionalInterface
    interface Sql {
        StatementSpec statement(@Language("SQL") String sql);
    }

    /** Each change's outcome, in their order. What is refused has no effect on the others. */
    List<Outcome> post(Sql sql, List<? extends Change> changes) {
        Instant now = clock.instant();
        Map<UUID, Book> books = open(sql, changes, now);
        List<Outcome> outcomes = new ArrayList<>(changes.size());
        Set<SiteOf> sites = sites(sql, changes);
        for (Change change : changes) {
            UUID site = change.siteId();
            Book book = books.get(change.by().accountId());
            outcomes.add(
                    site != null && !sites.contains(new SiteOf(change.by().accountId(), site))
                            ? new Outcome.Refused(Problem.invalid("site", "No such site"))
                            : book == null ? nothingThere(change) : book.apply(change, now));
        }
        BookWriting.write(
                sql, books.values().stream().filter(Book::isChanged).toList(), now);
        return outcomes;
    }

    private static Outcome nothingThere(Change change) {
        Book empty = new Book(change.by().accountId(), new Balance(0, 0), 0, null);
        return empty.apply(change, Instant.MIN);
    }

    private static Map<UUID, Book> open(
            Sql sql, List<? extends Change> changes, Instant now) {
        Set<UUID> accounts =
                changes.stream()
                        .map(change -> change.by().accountId())
                        .collect(Collectors.toCollection(TreeSet::new));
        BookReading reading = new BookReading(sql, accounts);
        if (changes.stream().anyMatch(Bookkeeper::bringsCredits)) {
            reading.makeMissing();
        }
        Map<UUID, Book> books = new TreeMap<>(reading.locked());
        reading.grants(books);
        reading.budgets(books);
        reading.keys(books, changes, now);
        reading.holds(books, changes);
        reading.refundables(books, changes);
        return books;
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
            case Change.Expiry expiry -> false;
        };
    }

    private record SiteOf(UUID accountId, UUID siteId) {}

    /** Which of the sites that are named there are. */
    private static Set<SiteOf> sites(Sql sql, Collection<? extends Change> changes) {
        List<? extends Change> forSites =
                changes.stream().filter(change -> change.siteId() != null).toList();
        if (forSites.isEmpty()) {
            return Set.of();
        }
        return sql.statement(
                        """
                        SELECT account_id, id FROM site
                         WHERE (account_id, id) IN (
                               SELECT * FROM unnest(:accounts::uuid[], :sites::uuid[]))
                           AND deleted_at IS NULL
                        """)
                .param("accounts", Texts.of(forSites, change -> change.by().accountId()))
                .param("sites", Texts.of(forSites, Change::siteId))
                .query(
                        (row, number) ->
                                new SiteOf(
                                        row.getObject("account_id", UUID.class),
                                        row.getObject("id", UUID.class)))
                .set();
    }
}
