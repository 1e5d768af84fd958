package com.igny8.credit;

import com.igny8.tenancy.Message;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The only one who changes credits: locks the balance rows of all accounts concerned, in their
 * order, reads what hangs on them, has {@link Book} apply one change after the other, and writes
 * down what came out, all of it in the transaction that is there. Who holds an account's balance
 * row has all of its credits; so what is read under the lock stays true until the commit, on
 * however many nodes others want to change it too.
 *
 * <p>A thousand changes take as many statements as one, and what a few hundred ask for goes in one
 * message.
 */
@Component
class Bookkeeper {
    private final Clock clock;

    Bookkeeper(Clock clock) {
        this.clock = clock;
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

    /** What would become of a change if it were made now; nothing is written down. */
    Outcome foresee(Supplier<Message> messages, Change change) {
        UUID account = change.by().accountId();
        Instant now = clock.instant();
        return new BookReading(messages, List.of(account), List.of(change), now)
                .open(Patience.ENDLESS)
                .values()
                .iterator()
                .next()
                .apply(change, now);
    }

    /** Each change's outcome, in their order. What is refused has no effect on the others. */
    List<Outcome> post(Supplier<Message> messages, List<? extends Change> changes) {
        return post(messages, changes, Patience.ENDLESS).outcomes();
    }

    /**
     * As above, for those who would not have one account wait for another.
     *
     * @param messages of the transaction that is there, whosever it is
     */
    Posted post(Supplier<Message> messages, List<? extends Change> changes, Patience patience) {
        Set<UUID> accounts =
                changes.stream()
                        .map(change -> change.by().accountId())
                        .collect(Collectors.toCollection(TreeSet::new));
        if (accounts.isEmpty()) {
            return new Posted(List.of(), accounts);
        }
        Instant now = clock.instant();
        Map<UUID, Book> books = new BookReading(messages, accounts, changes, now).open(patience);
        accounts.removeAll(books.keySet());
        List<Outcome> outcomes = new ArrayList<>(changes.size());
        for (Change change : changes) {
            Book book = books.get(change.by().accountId());
            if (book != null) {
                outcomes.add(book.apply(change, now));
            }
        }
        BookWriting.write(
                messages.get(), books.values().stream().filter(Book::isChanged).toList(), now);
        return new Posted(outcomes, accounts);
    }
}
