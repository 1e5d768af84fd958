package com.igny8.account;

import java.time.Duration;
import java.time.Instant;

/**
 * A thing that is deleted and can still be had back.
 *
 * @param restoreUntil from then on it is erased
 */
public record Deleted<T>(T thing, Instant deletedAt, Instant restoreUntil, Instant now) {

    /** Begun days that are left to have it back. */
    public long daysLeft() {
        return Math.max(0, Duration.between(now, restoreUntil).plusDays(1).minusNanos(1).toDays());
    }
}
