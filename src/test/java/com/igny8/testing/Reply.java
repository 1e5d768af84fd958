package com.igny8.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpHeaders;
import java.util.UUID;

/**
 * What the product answered.
 *
 * @param json the body as JSON; missing where it is none
 */
public record Reply(int status, HttpHeaders headers, String body, JsonNode json) {

    /** Fails, showing the body, unless the status is this one. */
    public Reply expect(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** Fails unless it is a refusal in the envelope with this status and code. */
    public Reply expectRefusal(int expectedStatus, String expectedCode) {
        expect(expectedStatus);
        assertEnvelope();
        assertThat(json.path("success").asBoolean(true)).as(body).isFalse();
        assertThat(code()).as(body).isEqualTo(expectedCode);
        assertThat(json.path("error").asString("")).as(body).isNotBlank();
        return this;
    }

    /** As {@link #expectRefusal} with 400, and one of the fields named is this one. */
    public Reply expectInvalid(String field) {
        expectRefusal(400, "validation_failed");
        assertThat(json.path("errors").propertyNames()).as(body).contains(field);
        return this;
    }

    /** Fails unless it is JSON that names the request, and shows nothing of the inside. */
    public void assertEnvelope() {
        assertThat(header("Content-Type")).as(body).startsWith("application/json");
        assertThat(json.path("request_id").asString("")).as(body).isNotBlank();
        assertThat(json.path("request_id").asString("")).isEqualTo(header("X-Request-ID"));
        assertThat(body)
                .doesNotContain("Exception", "\tat ", "com.igny8", "org.springframework", "<html");
    }

    public String code() {
        return json.path("code").asString("");
    }

    /** {@code data} of the envelope. */
    public JsonNode data() {
        return json.path("data");
    }

    /** {@code results} of a list's envelope. */
    public JsonNode results() {
        return json.path("results");
    }

    /** The id of what was made or found. */
    public UUID id() {
        return UUID.fromString(data().path("id").asString());
    }

    public @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }
}
