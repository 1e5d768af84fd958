package com.igny8.credit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * A grant of which something is left.
 *
 * @param isNew not in the database yet
 */
record OpenGrant(
        UUID id,
        long entryId,
        String source,
        long amount,
        long remaining,
        int priority,
        @Nullable Instant expiresAt,
        @Nullable Instant rollsOverUntil,
        Instant createdAt,
        boolean isNew) {

    /** Lowest priority first, then what ends first, then what came first. */
    static final Comparator<OpenGrant> CONSUMPTION =
            Comparator.comparingInt(OpenGrant::priority)
                    .thenComparing(
                            OpenGrant::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparingLong(OpenGrant::entryId);

    static OpenGrant of(NewGrant grant, long entryId, Instant now) {
        return new OpenGrant(
                UUID.randomUUID(),
                entryId,
                grant.source(),
                grant.amount(),
                grant.amount(),
                grant.priority(),
                grant.expiresAt(),
                grant.rollsOverUntil(),
                now,
                true);
    }

    /** Of credits that come back or are made up for: they never end. */
    static OpenGrant lasting(String source, long amount, long entryId, Instant now) {
        return new OpenGrant(
                UUID.randomUUID(),
                entryId,
                source,
                amount,
                amount,
                NewGrant.BY_HAND,
                null,
                null,
                now,
                true);
    }

    OpenGrant left(long left) {
        return new OpenGrant(
                id,
                entryId,
                source,
                amount,
                left,
                priority,
                expiresAt,
                rollsOverUntil,
                createdAt,
                isNew);
    }

    OpenGrant rolledOver() {
        return new OpenGrant(
                id,
                entryId,
                source,
                amount,
                remaining,
                priority,
                rollsOverUntil,
                null,
                createdAt,
                isNew);
    }

    boolean isDue(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    boolean rollsOver(Instant now) {
        return rollsOverUntil != null && rollsOverUntil.isAfter(now);
    }
}
