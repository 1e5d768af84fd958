package com.igny8.credit;

import org.jspecify.annotations.Nullable;

/**
 * A hold, with what its requests were called and what they were answered.
 *
 * @param settlementKey of who released it; who captured it is known by the entry
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

    /** By that entry, which keeps what the request was called and was answered. */
    KnownHold captured(Hold captured, long byEntryId) {
        return new KnownHold(captured, key, availableAfter, null, null, byEntryId, isNew);
    }

    KnownHold released(Hold released, @Nullable String byKey, long available) {
        return new KnownHold(released, key, availableAfter, byKey, available, null, isNew);
    }

    /** Whether the key stands for this hold: for its making or its release. */
    boolean isNamed(String asked) {
        return asked.equals(key) || isReleasedUnder(asked);
    }

    boolean isReleasedUnder(String asked) {
        return hold.status() == Hold.Status.RELEASED && asked.equals(settlementKey);
    }

    boolean isSettled() {
        return hold.status() != Hold.Status.HELD;
    }
}
