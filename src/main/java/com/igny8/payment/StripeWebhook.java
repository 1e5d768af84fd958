package com.igny8.payment;

import com.igny8.kernel.Problem;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;

import org.springframework.http.HttpHeaders;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.Objects;

/** What Stripe sends to our webhook. */
final class StripeWebhook {
    private static final String SIGNATURE = "Stripe-Signature";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StripeWebhook() {}

    /** 400 where it is not signed with the secret, or was long ago. */
    static Notice read(HttpHeaders headers, String body, String secret) {
        try {
            // By the time of the wire, not by a clock that somebody put forward
            Webhook.Signature.verifyHeader(
                    body,
                    Objects.requireNonNullElse(headers.getFirst(SIGNATURE), ""),
                    secret,
                    Webhook.DEFAULT_TOLERANCE);
            JsonNode event = JSON.readTree(body);
            return new Notice(
                    event.required("id").asString(),
                    event.required("type").asString(),
                    Instant.ofEpochSecond(event.path("created").asLong(0)),
                    body);
        } catch (SignatureVerificationException forged) {
            throw Problem.badRequest("signature_invalid", "This is not signed by Stripe");
        } catch (JacksonException notAnEvent) {
            throw Problem.badRequest("malformed", "This is not an event of Stripe");
        }
    }
}
