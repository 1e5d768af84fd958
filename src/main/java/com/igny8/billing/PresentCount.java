package com.igny8.billing;

import com.igny8.catalog.Limit;

/** Counts what the bound account has of things that plans limit; rooms that come after know. */
@FunctionalInterface
public interface PresentCount {
    /** How many there are; of a limit by site, in the site that has most. */
    long of(Limit limit);
}
