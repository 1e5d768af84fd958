package com.igny8.catalog;

import java.time.Instant;
import java.util.UUID;

/** What a unit of an operation costs from a moment on, until the next one. */
public record CreditCost(
        UUID id, Operation operation, long credits, Instant effectiveFrom, Standing standing) {

    /** How it stands at a moment. */
    public enum Standing {
        PAST,
        IN_FORCE,
        SCHEDULED
    }
}
