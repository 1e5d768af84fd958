package com.igny8.webhook;

import com.fasterxml.jackson.annotation.JsonRawValue;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened.
 *
 * @param accountId whose event it is
 * @param data what is to know about it, as JSON
 */
record Event(UUID id, EventType type, UUID accountId, Instant happenedAt, String data) {
    private record Body(
            UUID id, String type, Instant createdAt, UUID accountId, @JsonRawValue String data) {}

    /** What is sent: the same each time. */
    String body(JsonMapper json) {
        return json.writeValueAsString(new Body(id, type.key(), happenedAt, accountId, data));
    }

    /** The same with line breaks, for people. */
    String readable(JsonMapper json) {
        return json.readTree(body(json)).toPrettyString();
    }
}
