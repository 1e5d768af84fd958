package com.igny8.payment;

import com.igny8.http.Answer;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where payment providers tell us what has happened; nobody signs in, each event is signed. */
@Tag(name = "Payments")
@RestController
@RequestMapping("/api/v1/billing/webhooks")
@Ungated(Ungated.To.EVERYBODY)
class ProviderWebhookApi {
    private final ProviderEvents events;

    ProviderWebhookApi(ProviderEvents events) {
        this.events = events;
    }

    record Received(boolean received) {}

    @Operation(
            summary = "Events of Stripe",
            description =
                    "For Stripe: signed with the endpoint's secret (`Stripe-Signature`). Stored"
                            + " before it is answered, then dealt with once, however often it is"
                            + " sent. 400 `signature_invalid` otherwise.")
    @Throttled(Throttle.Scope.WEBHOOK)
    @PostMapping("/stripe/")
    Answer<Received> stripe(@RequestHeader HttpHeaders headers, @RequestBody String body) {
        events.receive(PaymentType.STRIPE, headers, body);
        return Answer.of(new Received(true));
    }

    @Operation(
            summary = "Events of PayPal",
            description =
                    "For PayPal: PayPal itself is asked whether it sent this. Stored before it is"
                            + " answered, then dealt with once, however often it is sent. 400"
                            + " `signature_invalid` otherwise.")
    @Throttled(Throttle.Scope.WEBHOOK)
    @PostMapping("/paypal/")
    Answer<Received> payPal(@RequestHeader HttpHeaders headers, @RequestBody String body) {
        events.receive(PaymentType.PAYPAL, headers, body);
        return Answer.of(new Received(true));
    }
}
