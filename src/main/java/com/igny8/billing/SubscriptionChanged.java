package com.igny8.billing;

import java.util.Locale;
import java.util.UUID;

/** Something happened to a subscription; published in the transaction that does it. */
public record SubscriptionChanged(UUID accountId, Subscription subscription, Kind kind) {
    /** What happened. */
    public enum Kind {
        STARTED,
        PROLONGED,
        TRIAL_ENDING,
        TRIAL_ENDED,
        PAST_DUE,
        SUSPENDED,
        PLAN_CHANGED,
        PLAN_CHANGE_SCHEDULED,
        CANCEL_SCHEDULED,
        RESUMED,
        CANCELED;

        /** As programs call it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
