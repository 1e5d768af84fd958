package com.igny8.console;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.payment.ProviderEvent;
import com.igny8.payment.ProviderEvents;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.UUID;

/** What payment providers told us, for the programs of operators. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/provider-events")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleProviderEventApi {
    private final ProviderEvents events;

    ConsoleProviderEventApi(ProviderEvents events) {
        this.events = events;
    }

    record ProviderEventView(
            UUID id,
            @Schema(example = "stripe") String provider,
            @Schema(example = "evt_1P…") String eventId,
            @Schema(example = "payment_intent.succeeded") String type,
            @Schema(example = "processed") String status,
            int attempts,
            @Nullable String lastError,
            @Nullable UUID account,
            Instant happenedAt,
            Instant receivedAt,
            @Schema(description = "JSON as it was sent, without secrets") String payload) {
        static ProviderEventView of(ProviderEvent event) {
            return new ProviderEventView(
                    event.id(),
                    event.provider().key(),
                    event.eventId(),
                    event.type(),
                    event.status(),
                    event.attempts(),
                    event.lastError(),
                    event.accountId(),
                    event.happenedAt(),
                    event.receivedAt(),
                    event.payload());
        }
    }

    record Again(boolean waiting) {}

    @Operation(
            summary = "Events of payment providers",
            description =
                    "For operators, youngest first. `status` is waiting, processed, ignored or"
                            + " failed; `search` looks at type, id and account.")
    @GetMapping("/")
    Listing<ProviderEventView> events(
            @RequestParam(required = false) @Nullable String status, PageRequest page) {
        return Listing.of(events.search(status, page), ProviderEventView::of);
    }

    @Operation(
            summary = "Process an event again",
            description =
                    "For operators, whatever became of it before: what it is about is looked up at"
                            + " the provider anew, so that nothing happens twice.")
    @PostMapping("/{id}/process/")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Answer<Again> process(@PathVariable UUID id) {
        events.processAgain(id);
        return Answer.of(new Again(true));
    }
}
