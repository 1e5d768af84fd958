package com.igny8.payment;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Money that came in.
 *
 * @param provider who moved it, as of a {@link Payment}
 * @param reference how whoever moved it calls it; a second payment with the same is refused
 * @param confirmedBy the operator who saw it arrive; null where a provider says so
 */
public record NewPayment(
        UUID invoiceId,
        String provider,
        @Nullable String reference,
        Money amount,
        @Nullable String payerName,
        @Nullable String proofUrl,
        @Nullable UUID confirmedBy) {}
