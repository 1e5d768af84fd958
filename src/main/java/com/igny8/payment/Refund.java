package com.igny8.payment;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Money that went back, or is to go back. */
public record Refund(
        UUID id,
        UUID paymentId,
        @Nullable String reference,
        Status status,
        Money amount,
        String reason,
        Instant createdAt) {

    /** What became of it. */
    public enum Status {
        PENDING,
        SUCCEEDED,
        FAILED;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
