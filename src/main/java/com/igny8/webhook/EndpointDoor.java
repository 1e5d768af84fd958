package com.igny8.webhook;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.http.Tagged;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Endpoints, for programs: a customer's and the operator's are looked after alike. */
abstract class EndpointDoor {
    private static final String SHOWN_ONCE = "Keep the secret: it is shown once";

    private final Endpoints endpoints;
    private final Deliveries deliveries;

    EndpointDoor(Endpoints endpoints, Deliveries deliveries) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
    }

    record EndpointBody(
            @NotNull @Schema(example = "https://example.com/hooks") String url,
            @Schema(example = "Our books") @Nullable String description,
            @Schema(
                            description = "Everything, if absent or empty",
                            example = "[\"invoice.paid\", \"payment.failed\"]")
                    @Nullable
                    @Size(max = 50)
                    List<@NotNull String> eventTypes) {}

    record EndpointChangeBody(
            @Schema(example = "https://example.com/hooks") @Nullable String url,
            @Schema(example = "Our books") @Nullable String description,
            @Schema(example = "[\"invoice.paid\"]") @Nullable @Size(max = 50)
                    List<@NotNull String> eventTypes,
            @Schema(
                            example = "paused",
                            allowableValues = {"active", "paused"})
                    @Nullable String status) {
        Endpoint.Change change() {
            return new Endpoint.Change(
                    Optional.ofNullable(url),
                    Optional.ofNullable(description),
                    Optional.ofNullable(eventTypes),
                    Optional.ofNullable(status).map(EndpointChangeBody::isPaused));
        }

        private static boolean isPaused(String status) {
            return switch (status) {
                case "paused" -> true;
                case "active" -> false;
                default -> throw Problem.invalid("status", "Must be active or paused");
            };
        }
    }

    record RotationBody(
            @Schema(
                            description =
                                    "How long the secret before signs too: 24 if absent, at most"
                                            + " 168",
                            example = "24")
                    @Nullable Integer overlapHours) {}

    record IssuedEndpointView(
            UUID id,
            @Schema(description = "Shown this once", example = "whsec_…") String secret,
            EndpointView endpoint) {
        static IssuedEndpointView of(Endpoint.Issued issued) {
            return new IssuedEndpointView(
                    issued.endpoint().id(),
                    issued.secret().text(),
                    EndpointView.of(issued.endpoint()));
        }

        /** Not to be read in a log. */
        @Override
        public String toString() {
            return "IssuedEndpointView[" + id + "]";
        }
    }

    @Operation(
            summary = "Add a webhook endpoint",
            description =
                    "Ten at most. The secret that signs what is sent to it is shown this once. Needs"
                            + " the role admin.")
    @PostMapping("/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<IssuedEndpointView> create(@Valid @RequestBody EndpointBody body) {
        return Answer.of(
                IssuedEndpointView.of(
                        endpoints.create(
                                body.url(),
                                Objects.requireNonNullElse(body.description(), ""),
                                Objects.requireNonNullElse(body.eventTypes(), List.of()))),
                SHOWN_ONCE);
    }

    @Operation(summary = "Webhook endpoints", description = "Youngest first. Needs the role admin.")
    @GetMapping("/")
    Listing<EndpointView> endpoints() {
        return Listing.ofAll(endpoints.all().stream().map(EndpointView::of).toList());
    }

    @Operation(summary = "A webhook endpoint", description = "Needs the role admin.")
    @GetMapping("/{id}/")
    ResponseEntity<Answer<EndpointView>> endpoint(@PathVariable UUID id) {
        return tagged(endpoints.get(id));
    }

    private static ResponseEntity<Answer<EndpointView>> tagged(Endpoint endpoint) {
        return Tagged.of(endpoint.settings(), EndpointView.of(endpoint));
    }

    @Operation(
            summary = "Change a webhook endpoint",
            description =
                    "Only the fields that are sent. While it is paused it is told of nothing; what"
                            + " waits goes out when it is active again. Needs the role admin.")
    @PatchMapping("/{id}/")
    ResponseEntity<Answer<EndpointView>> change(
            @PathVariable UUID id, @Valid @RequestBody EndpointChangeBody body, IfMatch ifMatch) {
        return tagged(endpoints.change(id, body.change(), ifMatch));
    }

    @Operation(
            summary = "Delete a webhook endpoint",
            description = "With what is on its way to it. Needs the role admin.")
    @DeleteMapping("/{id}/")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        endpoints.delete(id);
    }

    @Operation(
            summary = "Rotate the secret of a webhook endpoint",
            description =
                    "Gives a new one, shown this once; for the overlap both sign. 409"
                            + " `rotating_already` while two do, unless `overlap_hours` is 0. Needs"
                            + " the role admin.")
    @PostMapping("/{id}/rotate-secret/")
    Answer<IssuedEndpointView> rotate(
            @PathVariable UUID id,
            @Valid @RequestBody(required = false) @Nullable RotationBody body) {
        Integer hours = body == null ? null : body.overlapHours();
        Duration overlap = hours == null ? Endpoints.USUAL_OVERLAP : Duration.ofHours(hours);
        return Answer.of(IssuedEndpointView.of(endpoints.rotate(id, overlap)), SHOWN_ONCE);
    }

    @Operation(
            summary = "Send a test",
            description =
                    "An event `ping`, signed as all are. What comes of it is told by its delivery."
                            + " 409 `endpoint_paused` where it is. Needs the role admin.")
    @PostMapping("/{id}/test/")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Answer<DeliveryView> test(@PathVariable UUID id) {
        return Answer.of(DeliveryView.of(deliveries.ping(id)));
    }
}
