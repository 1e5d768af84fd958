package com.igny8.credit;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The credits of one account while its balance row is locked: what was read of them, and the rules
 * by which a change is done or refused. Works in memory only; {@link Bookkeeper} reads it before
 * and writes down after what has changed.
 *
 * <p>Every rule asks first and changes afterwards, so that what is refused has changed nothing.
 */
final class Book {
    final UUID accountId;
    final GrantStack grants = new GrantStack();
    final BudgetSheet budgets = new BudgetSheet();
    final HoldSheet holds = new HoldSheet();
    final Map<String, Entry> entriesByKey = new HashMap<>();
    final Map<Long, Refundable> refundables = new HashMap<>();
    final Set<Reach> sites = new HashSet<>();

    /** What is to be written down. */
    final List<Entry> newEntries = new ArrayList<>();

    private final @Nullable Long alertBelow;
    private final @Nullable Instant ownTime;
    private Instant writtenAt = Instant.EPOCH;
    private long balance;
    private long held;
    private long lastEntryId;
    private boolean alertDue;
    private boolean changed;

    /**
     * @param ownTime what time it is for an account with a test clock; null for all others
     */
    Book(
            UUID accountId,
            Balance balance,
            long lastEntryId,
            @Nullable Long alertBelow,
            @Nullable Instant ownTime) {
        this.accountId = accountId;
        this.balance = balance.balance();
        this.held = balance.held();
        this.lastEntryId = lastEntryId;
        this.alertBelow = alertBelow;
        this.ownTime = ownTime;
    }

    /** Of an account that never had anything. */
    static Book empty(UUID accountId) {
        return new Book(accountId, new Balance(0, 0), 0, null, null);
    }

    /** An entry that may be given back, and how much of it was. */
    record Refundable(Entry entry, long refunded) {}

    /** A site of the account, and by whom it is reached. */
    record Reach(UUID siteId, @Nullable UUID userId, boolean reachesAllSites) {}

    long balance() {
        return balance;
    }

    long held() {
        return held;
    }

    long lastEntryId() {
        return lastEntryId;
    }

    boolean alertDue() {
        return alertDue;
    }

    boolean isChanged() {
        return changed || !grants.changed().isEmpty();
    }

    private long available() {
        return balance - held;
    }

    /**
     * Does it, or gives the first answer again, or refuses. What ends does so by the account's own
     * time; entries are dated as they are written, because the ledger is kept by real months.
     */
    Outcome apply(Change change, Instant writtenAt) {
        long before = balance;
        Outcome outcome = outcome(change, writtenAt);
        alertDue |= alertBelow != null && before >= alertBelow && balance < alertBelow;
        return outcome;
    }

    private Outcome outcome(Change change, Instant writtenAt) {
        this.writtenAt = writtenAt;
        Instant now = Objects.requireNonNullElse(ownTime, writtenAt);
        try {
            Outcome.Done before = Replay.of(change, this);
            if (before == null || !before.isBy(change.by())) {
                // Who did it is told so again, though the site may be gone by now
                requireSite(change.by(), change.siteId());
            }
            if (before != null) {
                return before;
            }
            letEnd(now);
            return switch (change) {
                case Change.Grant grant -> done(grant(grant, now));
                case Change.Deduction deduction -> done(deduct(deduction, now));
                case Change.Reservation reservation -> reserve(reservation, now);
                case Change.Capture capture -> capture(capture, now);
                case Change.Release release -> release(release, now);
                case Change.Adjustment adjustment -> done(adjust(adjustment, now));
                case Change.Refund refund -> done(refund(refund, now));
                case Change.Invalid invalid -> refused(invalid.problem());
                case Change.Expiry expiry -> new Outcome.Done(null, null, available());
            };
        } catch (Problem refusal) {
            return refused(refusal);
        }
    }

    private void requireSite(Change.Maker by, @Nullable UUID siteId) {
        if (siteId != null
                && !(by.knows(siteId)
                        && sites.contains(new Reach(siteId, by.userId(), by.reachesAllSites())))) {
            throw Problem.notFound("Site");
        }
    }

    /**
     * Grants that have run out give up what is left of them, as far as nothing is on hold against
     * it: that goes when the hold is settled.
     */
    private void letEnd(Instant now) {
        for (OpenGrant grant : grants.due(now)) {
            long ended = Math.min(grant.remaining(), available());
            if (ended > 0) {
                grants.take(grant, ended);
                write(
                        new Line(
                                Entry.Type.EXPIRY,
                                -ended,
                                null,
                                "grant:" + grant.id(),
                                null,
                                "Ran out: " + grant.source(),
                                null,
                                null));
            }
        }
    }

    private Entry grant(Change.Grant change, Instant now) {
        NewGrant grant = change.grant();
        Entry entry =
                write(
                        new Line(
                                grant.type(),
                                grant.amount(),
                                null,
                                grant.source(),
                                null,
                                grant.description(),
                                null,
                                change.by().userId()));
        grants.add(OpenGrant.of(grant, entry.id(), now));
        return entry;
    }

    private Entry deduct(Change.Deduction change, Instant now) {
        requirePositive(change.amount());
        requireAvailable(change.amount(), 0);
        budgets.use(change.by().userId(), change.siteId(), change.amount(), now);
        grants.consume(change.amount());
        Change.Purpose purpose = change.purpose();
        return write(
                new Line(
                        Entry.Type.DEDUCTION,
                        -change.amount(),
                        purpose.operation(),
                        purpose.reference(),
                        change.key(),
                        purpose.description(),
                        purpose.siteId(),
                        change.by().userId()));
    }

    private Outcome reserve(Change.Reservation change, Instant now) {
        requirePositive(change.amount());
        requireAvailable(change.amount(), 0);
        budgets.use(change.by().userId(), change.siteId(), change.amount(), now);
        held += change.amount();
        changed = true;
        Change.Purpose purpose = change.purpose();
        Hold hold =
                new Hold(
                        change.holdId(),
                        change.amount(),
                        0,
                        Hold.Status.HELD,
                        purpose.operation(),
                        purpose.reference(),
                        purpose.siteId(),
                        change.by().userId(),
                        now,
                        now.plus(change.deadline()));
        holds.change(KnownHold.made(hold, change.key(), available()));
        return new Outcome.Done(null, hold, available());
    }

    private Outcome capture(Change.Capture change, Instant now) {
        KnownHold known = holds.open(change.by(), change.holdId());
        Hold hold = known.hold();
        long amount = change.amountOf(hold);
        requirePositive(amount);
        requireAvailable(amount, hold.amount());
        budgets.settle(hold, amount, now);
        grants.consume(amount);
        held -= hold.amount();
        Entry entry =
                write(
                        new Line(
                                Entry.Type.DEDUCTION,
                                -amount,
                                hold.operation(),
                                "hold:" + hold.id(),
                                change.key(),
                                change.description() == null
                                        ? hold.reference()
                                        : change.description(),
                                hold.siteId(),
                                change.by().userId()));
        Hold captured = hold.captured(amount);
        holds.change(known.captured(captured, entry));
        return new Outcome.Done(entry, captured, available());
    }

    private Outcome release(Change.Release change, Instant now) {
        KnownHold known = holds.get(change.by(), change.holdId());
        if (change.onlyIfOpen() && known.isSettled()) {
            return new Outcome.Done(null, known.hold(), available());
        }
        Hold hold = holds.open(change.by(), change.holdId()).hold();
        budgets.settle(hold, 0, now);
        held -= hold.amount();
        changed = true;
        Hold released = hold.released();
        holds.change(known.released(released, available()));
        return new Outcome.Done(null, released, available());
    }

    private Entry adjust(Change.Adjustment change, Instant now) {
        if (change.amount() == 0) {
            throw Problem.invalid("amount", "Must not be 0");
        }
        if (change.amount() < 0) {
            if (change.amount() == Long.MIN_VALUE) {
                throw insufficient(Long.MAX_VALUE, available());
            }
            requireAvailable(-change.amount(), 0);
            grants.consume(-change.amount());
        }
        Entry entry =
                write(
                        new Line(
                                Entry.Type.ADJUSTMENT,
                                change.amount(),
                                null,
                                change.reference(),
                                change.key(),
                                change.reason(),
                                null,
                                change.by().userId()));
        if (change.amount() > 0) {
            grants.add(OpenGrant.lasting(change.reference(), change.amount(), entry.id(), now));
        }
        return entry;
    }

    private Entry refund(Change.Refund change, Instant now) {
        Refundable refundable = refundables.get(change.entryId());
        if (refundable == null) {
            throw Problem.notFound("Entry");
        }
        Entry taken = refundable.entry();
        if (taken.type() != Entry.Type.DEDUCTION) {
            throw Problem.conflict("not_refundable", "Only a deduction can be given back");
        }
        long most = -taken.amount() - refundable.refunded();
        long amount = change.amount() == null ? most : change.amount();
        if (change.amount() != null) {
            requirePositive(amount);
        }
        if (amount > most || amount == 0) {
            throw Problem.conflict(
                            "refund_too_large",
                            "Of this deduction, %d credits can still be given back".formatted(most))
                    .with("refundable", most);
        }
        refundables.put(taken.id(), new Refundable(taken, refundable.refunded() + amount));
        Entry entry =
                write(
                        new Line(
                                Entry.Type.REFUND,
                                amount,
                                taken.operation(),
                                "entry:" + taken.id(),
                                change.key(),
                                change.reason(),
                                taken.siteId(),
                                taken.userId()));
        grants.add(OpenGrant.lasting("refund", amount, entry.id(), now));
        return entry;
    }

    /** An entry before it has its number and its balance. */
    private record Line(
            Entry.Type type,
            long amount,
            @Nullable String operation,
            @Nullable String reference,
            @Nullable String key,
            String description,
            @Nullable UUID siteId,
            @Nullable UUID userId) {}

    private Entry write(Line line) {
        balance = Math.addExact(balance, line.amount());
        lastEntryId++;
        changed = true;
        Entry entry =
                new Entry(
                        lastEntryId,
                        line.type(),
                        line.amount(),
                        balance,
                        held,
                        line.operation(),
                        line.reference(),
                        line.key(),
                        line.description(),
                        line.siteId(),
                        line.userId(),
                        writtenAt);
        newEntries.add(entry);
        refundables.put(entry.id(), new Refundable(entry, 0));
        if (line.key() != null) {
            entriesByKey.put(line.key(), entry);
        }
        return entry;
    }

    private Outcome done(Entry entry) {
        return new Outcome.Done(entry, null, entry.availableAfter());
    }

    private Outcome refused(Problem problem) {
        return new Outcome.Refused(problem, balance);
    }

    private static void requirePositive(long amount) {
        if (amount <= 0) {
            throw Problem.invalid("amount", "Must be more than 0");
        }
    }

    /**
     * @param heldForIt of what is held, that which is meant for this very thing
     */
    private void requireAvailable(long amount, long heldForIt) {
        if (available() + heldForIt < amount) {
            throw insufficient(amount, available() + heldForIt);
        }
    }

    private static Problem insufficient(long required, long available) {
        return Problem.of(
                        402,
                        "insufficient_credits",
                        "This needs %d credits, %d are available".formatted(required, available))
                .with("required", required)
                .with("available", available);
    }
}
