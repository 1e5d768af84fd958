package com.igny8.credit;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** Finds out whether a change was made before, and what was answered then. */
final class Replay {
    private Replay() {}

    /**
     * The first answer; null where the change is new. 422 {@code idempotency_key_reused} where the
     * key stands for another change. The hold is asked first: it still answers where its key has
     * taken credits since. And because it is settled once, settling it again in the same way is
     * recognised without a key.
     */
    static Outcome.@Nullable Done of(Change change, Book book) {
        KnownHold known = hold(change, book);
        Outcome.Done byHold = known == null ? null : answerOf(change, known);
        if (byHold != null) {
            return byHold;
        }
        String key = change.key();
        if (key == null) {
            return null;
        }
        Entry entry = book.entriesByKey.get(key);
        if (entry != null && isOf(entry, change)) {
            return new Outcome.Done(entry, null, entry.availableAfter());
        }
        if (entry != null || (known != null && key.equals(known.key()))) {
            throw Problem.of(
                    422,
                    "idempotency_key_reused",
                    "This Idempotency-Key was used before, for a request that differs from this"
                            + " one");
        }
        return null;
    }

    /** The hold that the change settles, or that was made under its key. */
    private static @Nullable KnownHold hold(Change change, Book book) {
        if (change instanceof Change.Settlement settlement) {
            KnownHold known = book.holds.find(settlement.holdId());
            return known != null && settlement.by().knows(known.hold()) ? known : null;
        }
        String key = change.key();
        return key == null ? null : book.holds.madeUnder(key);
    }

    /** What was answered to who made the hold, or settled it. */
    private static Outcome.@Nullable Done answerOf(Change change, KnownHold known) {
        Hold hold = known.hold();
        if (change instanceof Change.Reservation reservation && isOf(hold, reservation)) {
            return new Outcome.Done(null, hold.open(), known.availableAfter());
        }
        boolean isSettledSo =
                switch (hold.status()) {
                    case HELD -> false;
                    case CAPTURED ->
                            change instanceof Change.Capture capture
                                    && capture.amountOf(hold) == hold.captured();
                    case RELEASED -> change instanceof Change.Release;
                };
        return isSettledSo ? new Outcome.Done(null, hold, known.settlementAvailable()) : null;
    }

    /** Whether the change would have made this hold, and its maker may settle it. */
    private static boolean isOf(Hold hold, Change.Reservation change) {
        return hold.amount() == change.amount()
                && Objects.equals(hold.operation(), change.purpose().operation())
                && hold.reference().equals(change.purpose().reference())
                && Objects.equals(hold.siteId(), change.siteId())
                && hold.deadline().equals(change.deadline())
                && change.by().knows(hold);
    }

    /** Whether it is what such a change would have written. */
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
}
