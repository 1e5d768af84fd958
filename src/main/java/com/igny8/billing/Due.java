package com.igny8.billing;

import java.time.Instant;
import java.util.Comparator;

/** Something that is to be done for a subscription at a moment. */
record Due(Instant at, Kind kind) {
    /** The earliest first; at the same moment, credits before warnings, and the end last. */
    static final Comparator<Due> ORDER = Comparator.comparing(Due::at).thenComparing(Due::kind);

    /** What is to be done. */
    enum Kind {
        /** Credits of a month that is paid for and begins. */
        GRANT,
        /** A letter before a trial ends, or before a year is paid again. */
        NOTICE,
        /** The next period is billed before this one ends. */
        INVOICE,
        /** It is renewed, or ends. */
        PERIOD_END,
        /** What is unpaid is asked for once more. */
        ATTEMPT
    }

    boolean isBy(Instant now) {
        return !at.isAfter(now);
    }
}
