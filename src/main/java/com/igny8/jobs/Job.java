package com.igny8.jobs;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * Long work on an account.
 *
 * @param progress 0 to 100
 * @param step what it is at, for people
 * @param holdId the credits reserved for it
 * @param createdByKey the API key that asked for it; null for people
 * @param attempts how often it was begun
 */
public record Job(
        UUID accountId,
        UUID id,
        String type,
        Status status,
        @Nullable UUID siteId,
        JsonNode payload,
        int progress,
        String step,
        @Nullable JsonNode result,
        @Nullable String errorCode,
        @Nullable String error,
        @Nullable UUID holdId,
        long creditsCharged,
        UUID createdBy,
        @Nullable String createdByKey,
        int attempts,
        boolean cancelRequested,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** Where it is. */
    public enum Status {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isFinal() {
            return switch (this) {
                case QUEUED, RUNNING -> false;
                case SUCCEEDED, FAILED, CANCELLED -> true;
            };
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
