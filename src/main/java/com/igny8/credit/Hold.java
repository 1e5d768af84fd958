package com.igny8.credit;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Credits reserved for work under way: settled once, by capture or by release. */
public record Hold(
        UUID id,
        long amount,
        long captured,
        Status status,
        @Nullable String operation,
        String reference,
        @Nullable UUID siteId,
        @Nullable UUID userId,
        Instant createdAt,
        Instant expiresAt) {
    /** What became of it. */
    public enum Status {
        HELD,
        CAPTURED,
        RELEASED;

        /** As in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What the database keeps of it: when it was settled, and by which entry. */
        static Status of(@Nullable Instant settledAt, @Nullable Long entryId) {
            if (settledAt == null) {
                return HELD;
            }
            return entryId == null ? RELEASED : CAPTURED;
        }
    }

    Duration deadline() {
        return Duration.between(createdAt, expiresAt);
    }

    /** As it was when it was made. */
    Hold open() {
        return with(Status.HELD, 0);
    }

    Hold captured(long taken) {
        return with(Status.CAPTURED, taken);
    }

    Hold released() {
        return with(Status.RELEASED, 0);
    }

    private Hold with(Status changed, long taken) {
        return new Hold(
                id, amount, taken, changed, operation, reference, siteId, userId, createdAt,
                expiresAt);
    }
}
