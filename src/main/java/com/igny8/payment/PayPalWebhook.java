package com.igny8.payment;

import com.igny8.kernel.Problem;

import org.springframework.http.HttpHeaders;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What PayPal sends to our webhook. PayPal itself is asked whether it sent it: the documented way
 * that needs no certificates.
 */
final class PayPalWebhook {
    /** What it sends with an event, by how the question calls it. */
    private static final Map<String, String> SIGNATURE =
            Map.of(
                    "auth_algo", "PAYPAL-AUTH-ALGO",
                    "cert_url", "PAYPAL-CERT-URL",
                    "transmission_id", "PAYPAL-TRANSMISSION-ID",
                    "transmission_sig", "PAYPAL-TRANSMISSION-SIG",
                    "transmission_time", "PAYPAL-TRANSMISSION-TIME");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PayPalSettings settings;
    private final PayPalConnection connection;

    PayPalWebhook(PayPalSettings settings, PayPalConnection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /** 400 where PayPal does not say that it is from it. */
    Notice read(HttpHeaders headers, String body) {
        JsonNode event = event(body);
        Map<String, String> signature = new LinkedHashMap<>();
        SIGNATURE.forEach(
                (field, header) ->
                        signature.put(
                                field,
                                Optional.ofNullable(headers.getFirst(header))
                                        .orElseThrow(PayPalWebhook::forged)));
        if (!isVouchedFor(signature, body)) {
            throw forged();
        }
        return new Notice(
                event.path("id").asString(),
                event.path("event_type").asString(),
                moment(event.path("create_time").asString("")),
                body);
    }

    /** One object, whole: what followed it would be taken for a part of our question. */
    private static JsonNode event(String body) {
        try {
            JsonNode event = JSON.readTree(body);
            if (event.path("id").isString() && event.path("event_type").isString()) {
                return event;
            }
        } catch (JacksonException notJson) {
            throw malformed();
        }
        throw malformed();
    }

    private static Problem malformed() {
        return Problem.badRequest("malformed", "This is not an event of PayPal");
    }

    private static Problem forged() {
        return Problem.badRequest("signature_invalid", "This is not signed by PayPal");
    }

    /** The event goes back letter by letter as it came: read and written anew it would differ. */
    private boolean isVouchedFor(Map<String, String> signature, String body) {
        signature.put("webhook_id", settings.webhookId());
        String question = JSON.writeValueAsString(signature);
        return connection
                .post(
                        "/v1/notifications/verify-webhook-signature",
                        question.substring(0, question.length() - 1)
                                + ",\"webhook_event\":"
                                + body
                                + "}",
                        UUID.randomUUID().toString())
                .require()
                .path("verification_status")
                .asString("")
                .equals("SUCCESS");
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException unknown) {
            return Instant.EPOCH;
        }
    }
}
