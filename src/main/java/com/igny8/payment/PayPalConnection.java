package com.igny8.payment;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;

/**
 * PayPal's HTTP: signs in with the client's id and secret, keeps the token until shortly before it
 * runs out, never follows a redirect with it, and sends again what carries a key or changes
 * nothing.
 */
@Component
class PayPalConnection {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(1);
    private static final int UNAUTHORIZED = 401;

    private final PayPalSettings settings;
    private final JsonMapper json = JsonMapper.builder().build();
    private final AtomicReference<@Nullable Token> token = new AtomicReference<>();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    PayPalConnection(PayPalSettings settings) {
        this.settings = settings;
    }

    /** Tokens are good by the time of the wire, not by a clock that somebody put forward. */
    private record Token(String value, Instant until) {
        boolean isGood() {
            return Instant.now().isBefore(until);
        }
    }

    /** What it answered: also refusals, which tell why. */
    record Reply(int status, JsonNode body) {
        boolean isSuccess() {
            return status / 100 == 2;
        }

        /** {@code INSTRUMENT_DECLINED}; the name of the error where there is no such issue. */
        String issue() {
            String issue = body.path("details").path(0).path("issue").asString("");
            return issue.isEmpty() ? body.path("name").asString("UNKNOWN") : issue;
        }

        String sentence() {
            String sentence = body.path("details").path(0).path("description").asString("");
            return sentence.isEmpty() ? body.path("message").asString("") : sentence;
        }

        /** The body, or a failure that names the issue. */
        JsonNode require() {
            if (!isSuccess()) {
                throw ProviderFailure.refused(
                        PaymentType.PAYPAL,
                        "%d %s, debug id %s"
                                .formatted(
                                        status,
                                        issue(),
                                        body.path("debug_id").asString("unknown")));
            }
            return body;
        }
    }

    Reply get(String path) {
        return Retries.run(() -> authorized(() -> request(path).GET()));
    }

    Reply delete(String path) {
        return Retries.run(() -> authorized(() -> request(path).DELETE()));
    }

    /**
     * @param key by which PayPal knows the request again, and does it once
     */
    Reply post(String path, Object body, String key) {
        return Retries.run(
                () ->
                        authorized(
                                () ->
                                        request(path)
                                                .header("PayPal-Request-Id", key)
                                                // The whole object in the answer, not its id alone
                                                .header("Prefer", "return=representation")
                                                .POST(
                                                        HttpRequest.BodyPublishers.ofString(
                                                                body instanceof String text
                                                                        ? text
                                                                        : json.writeValueAsString(
                                                                                body)))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(settings.baseUrl() + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json");
    }

    /** A request that can be built twice, since its token may turn out to be good no more. */
    @FunctionalInterface
    private interface Draft {
        HttpRequest.Builder build();
    }

    private Reply authorized(Draft draft) {
        Reply reply = send(draft.build().header("Authorization", "Bearer " + token()).build());
        if (reply.status() != UNAUTHORIZED) {
            return reply;
        }
        token.set(null);
        return send(draft.build().header("Authorization", "Bearer " + token()).build());
    }

    private String token() {
        Token known = token.get();
        if (known != null && known.isGood()) {
            return known.value();
        }
        String login = settings.clientId() + ":" + settings.clientSecret();
        JsonNode body =
                send(HttpRequest.newBuilder(URI.create(settings.baseUrl() + "/v1/oauth2/token"))
                                .timeout(TIMEOUT)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(
                                                                login.getBytes(
                                                                        StandardCharsets.UTF_8)))
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "grant_type=client_credentials"))
                                .build())
                        .require();
        Token fresh =
                new Token(
                        body.path("access_token").asString(),
                        Instant.now()
                                .plusSeconds(body.path("expires_in").asLong(0))
                                .minus(BEFORE_ITS_END));
        token.set(fresh);
        return fresh.value();
    }

    private Reply send(HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw ProviderFailure.unreachable(
                    PaymentType.PAYPAL, failure.getClass().getSimpleName());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        int status = response.statusCode();
        if (status == 409 || status == 429 || status >= 500) {
            throw ProviderFailure.unreachable(PaymentType.PAYPAL, "answered " + status);
        }
        return new Reply(status, parsed(response.body()));
    }

    private JsonNode parsed(String body) {
        try {
            return body.isBlank() ? json.createObjectNode() : json.readTree(body);
        } catch (JacksonException notJson) {
            throw ProviderFailure.unreachable(
                    PaymentType.PAYPAL, "answered something else than JSON");
        }
    }
}
