package com.igny8.billing;

import com.igny8.catalog.Plan;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** An account on a version of a plan, for a period. */
public record Subscription(
        UUID id,
        Plan plan,
        Status status,
        Instant currentPeriodStart,
        Instant currentPeriodEnd,
        boolean cancelAtPeriodEnd) {

    /** How it stands with it. */
    public enum Status {
        PENDING_PAYMENT,
        TRIALING,
        ACTIVE,
        PAST_DUE,
        CANCELED;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
