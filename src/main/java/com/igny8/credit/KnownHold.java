package com.igny8.credit;

import org.jspecify.annotations.Nullable;

/**
 * A hold, with what its requests were called and what they were answered.
 *
 * @param isNew not in the database yet
 */
record KnownHold(
        Hold hold,
        @Nullable String key,
        long availableAfter,
        @Nullable String settlementKey,
        @Nullable Long settlementAvailable,
        @Nullable Long entryId,
        boolean isNew) {

    static KnownHold made(Hold hold, @Nullable String key, long available) {
        return new KnownHold(hold, key, available, null, null, null, true);
    }

    /** As it is when it has been captured or released. */
    KnownHold settled(
            Hold settled, @Nullable String byKey, long available, @Nullable Long byEntryId) {
        return new KnownHold(settled, key, availableAfter, byKey, available, byEntryId, isNew);
    }

    boolean isSettled() {
        return hold.status() != Hold.Status.HELD;
    }
}
