package com.igny8.payment;

import com.igny8.kernel.Money;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** A payment that the customer, or their bank, wants back. */
public record Dispute(
        UUID id, UUID paymentId, Status status, Money amount, String reason, Instant openedAt) {

    /** How it stands; once it is decided it stays so. */
    public enum Status {
        OPEN,
        WON,
        LOST;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
