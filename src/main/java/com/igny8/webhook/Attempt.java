package com.igny8.webhook;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * One try to deliver an event.
 *
 * @param status what was answered; null where nothing was
 * @param response how the answer begins
 * @param failure why nothing was answered, as a sentence; null where something was
 */
record Attempt(
        Instant at,
        Duration took,
        @Nullable Integer status,
        String response,
        @Nullable String failure) {
    private static final int GONE = 410;

    boolean isSuccess() {
        return status != null && status / 100 == 2;
    }

    boolean isGone() {
        return status != null && status == GONE;
    }

    /** For people: what came of it, in short. */
    public String inWords() {
        return failure == null ? "Answered " + status : failure;
    }
}
