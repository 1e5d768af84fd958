package com.igny8.credit;

import org.jspecify.annotations.Nullable;

/**
 * A hold, with what who made it called it, and what was answered to them and to who settled it.
 *
 * @param settlementAvailable what was available when it was settled; of no meaning before
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
