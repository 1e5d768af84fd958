package com.igny8.payment;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A way in which an account pays.
 *
 * @param customerReference how the provider calls the customer; null where it does not know them
 * @param methodReference how the provider calls what it keeps, and charges; null where it keeps
 *     none
 * @param details what people recognise it by: {@code brand, last4, expires}
 */
public record PaymentMethod(
        UUID id,
        PaymentType type,
        boolean isDefault,
        @Nullable String customerReference,
        @Nullable String methodReference,
        Map<String, String> details,
        Instant createdAt) {
    public PaymentMethod {
        details = Map.copyOf(details);
    }
}
