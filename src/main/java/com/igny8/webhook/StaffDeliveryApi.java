package com.igny8.webhook;

import com.igny8.http.Answer;
import com.igny8.http.Listing;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
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

import java.util.UUID;

/** What was sent to whose endpoints, for the programs of operators. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/webhooks/deliveries")
@Ungated(Ungated.To.EVERYBODY)
class StaffDeliveryApi {
    private final Deliveries deliveries;

    StaffDeliveryApi(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Operation(
            summary = "Webhook deliveries of all accounts",
            description =
                    "For operators, youngest first. `status` is waiting, delivered or failed;"
                            + " `search` looks at address, event and account.")
    @GetMapping("/")
    Listing<DeliveryView> deliveries(
            @RequestParam(required = false) @Nullable String status,
            @ParameterObject PageRequest page) {
        return Listing.of(
                deliveries.everywhere(Delivery.Status.filter(status), page), DeliveryView::of);
    }

    @Operation(
            summary = "Send anybody's delivery again",
            description =
                    "For operators, with the same `webhook-id`; it stands in the log of the account"
                            + " whose endpoint it is.")
    @PostMapping("/{id}/resend/")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Answer<DeliveryView> resend(@PathVariable UUID id) {
        return Answer.of(DeliveryView.of(deliveries.resendAnywhere(id)));
    }
}
