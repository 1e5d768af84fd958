package com.igny8.payment;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * Money that came in, is to come in or did not.
 *
 * @param provider {@code stripe, paypal, bank_transfer}, or {@code balance} for money that the
 *     customer had with us
 * @param reference how the provider calls it; no two payments of one share it
 * @param toInvoice what its invoice needed of it; the rest became the customer's balance
 */
public record Payment(
        UUID accountId,
        UUID id,
        @Nullable UUID invoiceId,
        String provider,
        @Nullable String reference,
        Status status,
        Money amount,
        Money refunded,
        Money toInvoice,
        @Nullable String payerName,
        @Nullable String failureMessage,
        Instant createdAt,
        @Nullable Instant settledAt) {

    /** Of money that the customer had with us. */
    public static final String BALANCE = "balance";

    /** What became of it. */
    public enum Status {
        PENDING,
        SUCCEEDED,
        FAILED,
        REFUNDED,
        PARTIALLY_REFUNDED;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
