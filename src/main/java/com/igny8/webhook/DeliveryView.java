package com.igny8.webhook;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A delivery, for programs. */
record DeliveryView(
        UUID id,
        UUID endpoint,
        @Schema(example = "https://example.com/hooks") String url,
        @Schema(description = "The same each time it is sent: `webhook-id`") UUID event,
        @Schema(example = "invoice.paid") String type,
        @Schema(description = "Whose event it is") UUID account,
        @Schema(
                        example = "delivered",
                        allowableValues = {"waiting", "delivered", "failed"})
                String status,
        @Schema(description = "Since it was last asked for", example = "1") int attempts,
        @Schema(description = "While it waits") @Nullable Instant nextAttemptAt,
        @Schema(description = "The last answer", example = "200") @Nullable Integer lastStatus,
        @Schema(description = "Why the last try got no answer") @Nullable String lastFailure,
        Instant createdAt,
        @Nullable Instant settledAt) {
    static DeliveryView of(Delivery delivery) {
        Attempt last = delivery.last();
        return new DeliveryView(
                delivery.id(),
                delivery.endpointId(),
                delivery.url().toString(),
                delivery.event().id(),
                delivery.event().type().key(),
                delivery.event().accountId(),
                delivery.status().key(),
                delivery.attempts(),
                delivery.status() == Delivery.Status.WAITING ? delivery.dueAt() : null,
                last == null ? null : last.status(),
                last == null ? null : last.failure(),
                delivery.createdAt(),
                delivery.settledAt());
    }

    /** One try. */
    record AttemptView(
            Instant at,
            @Schema(example = "83") long durationMillis,
            @Schema(example = "200") @Nullable Integer status,
            @Schema(description = "How the answer begins, 2 KB at most") String response,
            @Schema(description = "Why there was none") @Nullable String failure) {
        static AttemptView of(Attempt attempt) {
            return new AttemptView(
                    attempt.at(),
                    attempt.took().toMillis(),
                    attempt.status(),
                    attempt.response(),
                    attempt.failure());
        }
    }

    /** A delivery with what is sent, and all tries. */
    record HistoryView(
            DeliveryView delivery,
            @Schema(description = "The body, as it is sent and signed") String body,
            @Schema(description = "Youngest first") List<AttemptView> tries) {}
}
