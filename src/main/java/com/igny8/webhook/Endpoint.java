package com.igny8.webhook;

import com.igny8.http.Reachable;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.PlainText;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * An address that is told of events.
 *
 * @param pausedBecause null while it is told
 * @param failingSince the first try that failed after the last that did not; null where that is the
 *     last
 * @param previousSecretUntil until when its secret before a rotation signs too; null where none
 *     does
 */
record Endpoint(
        UUID id,
        Settings settings,
        @Nullable Pause pausedBecause,
        @Nullable Instant failingSince,
        @Nullable Instant previousSecretUntil,
        Instant createdAt) {

    /** Why it is told of nothing. */
    enum Pause {
        ASKED("You paused it"),
        GONE("It answered 410: gone"),
        FAILING("It failed for three days");

        private final String sentence;

        Pause(String sentence) {
            this.sentence = sentence;
        }

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** For people. */
        public String sentence() {
            return sentence;
        }

        static @Nullable Pause of(@Nullable String key) {
            return key == null ? null : valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What its owner says of it.
     *
     * @param types what it is told of; all there is where empty
     */
    record Settings(URI url, String description, List<EventType> types) {
        private static final int MAX_DESCRIPTION_LENGTH = 200;

        Settings {
            types = List.copyOf(types);
        }

        /** 400 that names each field that is wrong. */
        static Settings of(
                Reachable reachable, String url, String description, List<String> types) {
            new FieldErrors()
                    .collect(() -> reachable.require("url", url))
                    .require(
                            PlainText.is(description, MAX_DESCRIPTION_LENGTH),
                            "description",
                            "Must have at most %d plain characters"
                                    .formatted(MAX_DESCRIPTION_LENGTH))
                    .collect(() -> EventType.chosen(types))
                    .throwIfAny();
            return new Settings(
                    reachable.require("url", url), description.strip(), EventType.chosen(types));
        }

        List<String> typeKeys() {
            return types.stream().map(EventType::key).toList();
        }
    }

    /** What is to be another; what is absent stays. */
    record Change(
            Optional<String> url,
            Optional<String> description,
            Optional<List<String>> types,
            Optional<Boolean> isPaused) {}

    /** An endpoint with its secret, which is shown this once. */
    record Issued(Endpoint endpoint, SigningSecret secret) {}

    public boolean isPaused() {
        return pausedBecause != null;
    }

    public boolean isRotating(Instant now) {
        return previousSecretUntil != null && previousSecretUntil.isAfter(now);
    }
}
