package com.igny8.billing;

import com.igny8.catalog.Plan;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * An account on a version of a plan, for a period.
 *
 * @param anchor what its months are counted from
 */
public record Subscription(
        UUID id,
        Plan plan,
        Status status,
        Instant anchor,
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

    /** From when on a payment that arrives now counts: nothing that was paid for is lost by it. */
    Instant paidFrom(Instant now) {
        return switch (status) {
            case PENDING_PAYMENT, CANCELED -> now;
            case TRIALING, ACTIVE, PAST_DUE ->
                    currentPeriodEnd.isAfter(now) ? currentPeriodEnd : now;
        };
    }
}
