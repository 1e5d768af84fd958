package com.igny8.credit;

import org.jspecify.annotations.Nullable;

/**
 * A hold, the key it was made under, and what those were answered who made and who settled it.
 *
 * @param availableAfter what was available right after it was made
 * @param settlementAvailable what was available right after it was settled; 0 before
 * @param entryId the entry of its capture; null where it was not captured
 * @param isNew not in the database yet
 */
record KnownHold(
        Hold hold,
        @Nullable String key,
        long availableAfter,
        long settlementAvailable,
        @Nullable Long entryId,
        boolean isNew) {

    static KnownHold made(Hold hold, @Nullable String key, long available) {
        return new KnownHold(hold, key, available, 0, null, true);
    }

    KnownHold captured(Hold captured, Entry by) {
        return new KnownHold(captured, key, availableAfter, by.availableAfter(), by.id(), isNew);
    }

    KnownHold released(Hold released, long available) {
        return new KnownHold(released, key, availableAfter, available, null, isNew);
    }

    boolean isSettled() {
        return hold.status() != Hold.Status.HELD;
    }
}
