package com.igny8.payment;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** A payment, for programs: amounts in minor units. */
public record PaymentView(
        UUID id,
        @Nullable UUID invoice,
        @Schema(example = "stripe") String provider,
        @Schema(example = "pi_3P…") @Nullable String reference,
        @Schema(example = "succeeded") String status,
        @Schema(example = "13900") long amountMinor,
        @Schema(example = "0") long refundedMinor,
        @Schema(example = "USD") String currency,
        @Nullable String failureMessage,
        Instant createdAt,
        @Nullable Instant settledAt) {
    public static PaymentView of(Payment payment) {
        return new PaymentView(
                payment.id(),
                payment.invoiceId(),
                payment.provider(),
                payment.reference(),
                payment.status().key(),
                payment.amount().minor(),
                payment.refunded().minor(),
                payment.amount().currency(),
                payment.failureMessage(),
                payment.createdAt(),
                payment.settledAt());
    }
}
