package com.igny8.webhook;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An endpoint, for programs: without its secret. */
record EndpointView(
        UUID id,
        @Schema(example = "https://example.com/hooks") String url,
        @Schema(example = "Our books") String description,
        @Schema(
                        description = "What it is told of; everything where empty",
                        example = "[\"invoice.paid\", \"payment.failed\"]")
                List<String> eventTypes,
        @Schema(
                        example = "active",
                        allowableValues = {"active", "paused"})
                String status,
        @Schema(
                        description =
                                "`asked`; `gone`: it answered 410; `failing`: for three days. Null"
                                        + " while it is active",
                        allowableValues = {"asked", "gone", "failing"})
                @Nullable String pausedBecause,
        @Schema(description = "Since when no delivery got through; null where the last one did")
                @Nullable Instant failingSince,
        @Schema(description = "Until when the secret before a rotation signs too")
                @Nullable Instant previousSecretUntil,
        Instant createdAt) {
    static EndpointView of(Endpoint endpoint) {
        Endpoint.Settings settings = endpoint.settings();
        Endpoint.Pause pause = endpoint.pausedBecause();
        return new EndpointView(
                endpoint.id(),
                settings.url().toString(),
                settings.description(),
                settings.typeKeys(),
                pause == null ? "active" : "paused",
                pause == null ? null : pause.key(),
                endpoint.failingSince(),
                endpoint.previousSecretUntil(),
                endpoint.createdAt());
    }
}
