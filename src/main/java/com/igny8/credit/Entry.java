package com.igny8.credit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;

/**
 * A line of the ledger.
 *
 * @param id counts 1, 2, 3 … within the account
 * @param amount whole credits; negative where they went
 */
public record Entry(
        long id,
        Type type,
        long amount,
        long balanceAfter,
        @Nullable String operation,
        @Nullable String reference,
        String description,
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
}
