package com.igny8.webhook;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.webhook.DeliveryView.AttemptView;
import com.igny8.webhook.DeliveryView.HistoryView;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.json.JsonMapper;

import java.util.UUID;

/** What the account's endpoints can be told of, and what became of it. */
@Tag(name = "Webhooks")
@RestController
@RequestMapping("/api/v1/webhooks")
class DeliveryApi {
    private final Deliveries deliveries;
    private final JsonMapper json;

    DeliveryApi(Deliveries deliveries, JsonMapper json) {
        this.deliveries = deliveries;
        this.json = json;
    }

    record EventView(
            @Schema(example = "invoice.paid") String type,
            @Schema(example = "Nothing is due on an invoice any more") String description) {
        static EventView of(EventType type) {
            return new EventView(type.key(), type.meaning());
        }
    }

    @Operation(
            summary = "Kinds of events",
            description = "That an endpoint may ask for. Needs the role admin.")
    @GetMapping("/events/")
    Listing<EventView> events() {
        Tenancy.caller().require(Role.ADMIN);
        return Listing.ofAll(EventType.choices().stream().map(EventView::of).toList());
    }

    @Operation(
            summary = "Webhook deliveries",
            description =
                    "Youngest first, kept for 30 days; `endpoint` and `status` (waiting, delivered,"
                            + " failed) narrow the list. Needs the role admin.")
    @GetMapping("/deliveries/")
    Listing<DeliveryView> deliveries(
            @RequestParam(required = false) @Nullable UUID endpoint,
            @RequestParam(required = false) @Nullable String status,
            @ParameterObject PageRequest page) {
        var filter = new Deliveries.Filter(endpoint, Delivery.Status.filter(status));
        return Listing.of(deliveries.page(filter, page), DeliveryView::of);
    }

    @Operation(
            summary = "A webhook delivery",
            description = "With what is sent, and every try. Needs the role admin.")
    @GetMapping("/deliveries/{id}/")
    Answer<HistoryView> delivery(@PathVariable UUID id) {
        Delivery.History history = deliveries.get(id);
        return Answer.of(
                new HistoryView(
                        DeliveryView.of(history.delivery()),
                        history.delivery().event().body(json),
                        history.attempts().stream().map(AttemptView::of).toList()));
    }

    @Operation(
            summary = "Send a delivery again",
            description =
                    "Whatever became of it, with the same `webhook-id`. 409 `endpoint_paused` or"
                            + " `delivery_under_way`. Needs the role admin.")
    @PostMapping("/deliveries/{id}/resend/")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Answer<DeliveryView> resend(@PathVariable UUID id) {
        return Answer.of(DeliveryView.of(deliveries.resend(id)));
    }
}
