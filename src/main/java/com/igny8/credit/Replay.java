package com.igny8.credit;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** Finds out whether a change was made before under the same key, and what was answered then. */
final class Replay {
    private Replay() {}

    /** The first answer; null where the key is new, or the change has none. */
    static Outcome.@Nullable Done of(Change change, Book book) {
        String key = change.key();
        if (key == null) {
            return null;
        }
        Outcome.Done settled =
                change instanceof Change.Settlement settlement
                        ? settlement(settlement, key, book)
                        : null;
        if (settled != null) {
            return settled;
        }
        Entry entry = book.entriesByKey.get(key);
        if (entry != null) {
            requireSame(isOf(entry, change));
            return new Outcome.Done(entry, null, entry.availableAfter());
        }
        KnownHold known = madeUnder(key, change, book);
        if (known != null) {
            requireSame(
                    change instanceof Change.Reservation reservation
                            && isOf(known.hold(), reservation));
            return new Outcome.Done(null, known.hold().open(), known.availableAfter());
        }
        return null;
    }

    /** What the request of this key did to the very hold it names. */
    private static Outcome.@Nullable Done settlement(
            Change.Settlement change, String key, Book book) {
        KnownHold known = book.holds.find(change.holdId());
        if (known == null
                || !change.by().knows(known.hold())
                || !key.equals(known.settlementKey())) {
            return null;
        }
        Hold hold = known.hold();
        requireSame(
                switch (change) {
                    case Change.Capture capture ->
                            hold.status() == Hold.Status.CAPTURED
                                    && hold.captured()
                                            == Objects.requireNonNullElse(
                                                    capture.amount(), hold.amount());
                    case Change.Release release -> hold.status() == Hold.Status.RELEASED;
                });
        return new Outcome.Done(
                null, hold, Objects.requireNonNullElse(known.settlementAvailable(), 0L));
    }

    /** Of settlements only the hold they name is known, and no other is looked for. */
    private static @Nullable KnownHold madeUnder(String key, Change change, Book book) {
        if (change instanceof Change.Settlement settlement) {
            KnownHold known = book.holds.find(settlement.holdId());
            return known != null && key.equals(known.key()) ? known : null;
        }
        return book.holds.madeUnder(key);
    }

    /** Whether the entry is what such a change would have written. */
    private static boolean isOf(Entry entry, Change change) {
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
            case Change.Grant grant -> false;
            case Change.Reservation reservation -> false;
            case Change.Capture capture -> false;
            case Change.Release release -> false;
            case Change.Invalid invalid -> false;
            case Change.Expiry expiry -> false;
        };
    }

    private static boolean isOf(Hold hold, Change.Reservation change) {
        return hold.amount() == change.amount()
                && Objects.equals(hold.operation(), change.purpose().operation())
                && hold.reference().equals(change.purpose().reference())
                && Objects.equals(hold.siteId(), change.siteId())
                && hold.deadline().equals(change.deadline());
    }

    private static void requireSame(boolean isSame) {
        if (!isSame) {
            throw Problem.of(
                    422,
                    "idempotency_key_reused",
                    "This Idempotency-Key was used before, for a request that differs from this"
                            + " one");
        }
    }
}
