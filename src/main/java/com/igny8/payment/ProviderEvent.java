package com.igny8.payment;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * Something a provider told us, for operators.
 *
 * @param status {@code waiting, processed, ignored} or {@code failed}
 * @param payload what it sent, without secrets
 */
public record ProviderEvent(
        UUID id,
        PaymentType provider,
        String eventId,
        String type,
        String status,
        int attempts,
        @Nullable String lastError,
        @Nullable UUID accountId,
        Instant happenedAt,
        Instant receivedAt,
        String payload) {}
