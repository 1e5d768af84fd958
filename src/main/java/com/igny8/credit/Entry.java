package com.igny8.credit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A line of the ledger.
 *
 * @param id counts 1, 2, 3 … within the account
 * @param amount whole credits; negative where they went
 * @param held what was on hold after it
 * @param idempotencyKey what its sender called it; null where it has no such name
 * @param siteId the site it was for, if any
 * @param userId who had it done; of a refund, who made the deduction that it gives back; null where
 *     the product did
 */
public record Entry(
        long id,
        Type type,
        long amount,
        long balanceAfter,
        long held,
        @Nullable String operation,
        @Nullable String reference,
        @Nullable String idempotencyKey,
        String description,
        @Nullable UUID siteId,
        @Nullable UUID userId,
        Instant createdAt) {

    /** Why credits came or went. */
    public enum Type {
        GRANT,
        SUBSCRIPTION,
        PURCHASE,
        DEDUCTION,
        REFUND,
        ADJUSTMENT,
        EXPIRY;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Type of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    long availableAfter() {
        return balanceAfter - held;
    }
}
