package com.igny8.credit;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** Finds out whether a change was made before under the same key, and what was answered then. */
final class Replay {
    private Replay() {}

    /**
     * The first answer; null where the key is new, or the change has none. What the hold remembers
     * of its own making and release comes first: that another change took credits under the same
     * key later takes nothing of it away.
     */
    static Outcome.@Nullable Done of(Change change, Book book) {
        String key = change.key();
        if (key == null) {
            return null;
        }
        KnownHold known = hold(change, key, book);
        Outcome.Done byHold = known == null ? null : answerOf(change, key, known);
        if (byHold != null) {
            return byHold;
        }
        Entry entry = book.entriesByKey.get(key);
        if (entry != null && isOf(entry, change, known)) {
            return new Outcome.Done(
                    entry, known == null ? null : known.hold(), entry.availableAfter());
        }
        if (entry != null || (known != null && known.isNamed(key))) {
            throw Problem.of(
                    422,
                    "idempotency_key_reused",
                    "This Idempotency-Key was used before, for a request that differs from this"
                            + " one");
        }
        return null;
    }

    /** That which the change settles, or another of this key has made. */
    private static @Nullable KnownHold hold(Change change, String key, Book book) {
        if (change instanceof Change.Settlement settlement) {
            KnownHold known = book.holds.find(settlement.holdId());
            return known != null && settlement.by().knows(known.hold()) ? known : null;
        }
        return book.holds.madeUnder(key);
    }

    /** What was answered where no entry was written: to who made the hold, or released it. */
    private static Outcome.@Nullable Done answerOf(Change change, String key, KnownHold known) {
        Hold hold = known.hold();
        if (change instanceof Change.Reservation reservation && isOf(hold, reservation)) {
            return new Outcome.Done(null, hold.open(), known.availableAfter());
        }
        if (change instanceof Change.Release && known.isReleasedUnder(key)) {
            return new Outcome.Done(
                    null, hold, Objects.requireNonNullElse(known.settlementAvailable(), 0L));
        }
        return null;
    }

    /** Whether it is what the change would have made, for somebody who may settle it. */
    private static boolean isOf(Hold hold, Change.Reservation change) {
        return hold.amount() == change.amount()
                && Objects.equals(hold.operation(), change.purpose().operation())
                && hold.reference().equals(change.purpose().reference())
                && Objects.equals(hold.siteId(), change.siteId())
                && hold.deadline().equals(change.deadline())
                && change.by().knows(hold);
    }

    /**
     * Whether the entry is what such a change would have written.
     *
     * @param known the hold it settles
     */
    private static boolean isOf(Entry entry, Change change, @Nullable KnownHold known) {
        return switch (change) {
            case Change.Deduction deduction ->
                    entry.type() == Entry.Type.DEDUCTION
                            && entry.amount() == -deduction.amount()
                            && Objects.equals(entry.operation(), deduction.purpose().operation())
                            && Objects.equals(entry.reference(), deduction.purpose().reference())
                            && Objects.equals(entry.siteId(), deduction.siteId());
            case Change.Adjustment adjustment ->
                    entry.type() == Entry.Type.ADJUSTMENT
                            && entry.amount() == adjustment.amount()
                            && entry.description().equals(adjustment.reason());
            case Change.Refund refund ->
                    entry.type() == Entry.Type.REFUND
                            && Objects.equals(entry.reference(), "entry:" + refund.entryId())
                            && (refund.amount() == null || entry.amount() == refund.amount())
                            && entry.description().equals(refund.reason());
            case Change.Capture capture ->
                    known != null
                            && Objects.equals(known.entryId(), entry.id())
                            && -entry.amount()
                                    == Objects.requireNonNullElse(
                                            capture.amount(), known.hold().amount());
            case Change.Grant grant -> false;
            case Change.Reservation reservation -> false;
            case Change.Release release -> false;
            case Change.Invalid invalid -> false;
            case Change.Expiry expiry -> false;
        };
    }
}
