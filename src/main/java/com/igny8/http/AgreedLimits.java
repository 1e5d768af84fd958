package com.igny8.http;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What accounts may do a minute where that is not the usual: known to whoever knows their plans.
 */
public interface AgreedLimits {
    /**
     * Requests a minute; null where the usual holds, 0 where there is no limit.
     *
     * @param ai starts of work that a model does
     * @param credits changes of credits
     */
    record Rates(
            @Nullable Integer read,
            @Nullable Integer write,
            @Nullable Integer ai,
            @Nullable Integer credits) {
        /** Nothing but the usual. */
        public static final Rates USUAL = new Rates(null, null, null, null);
    }

    /** Asked at each request: an answer may be half a minute old. */
    Rates of(UUID accountId);
}
