package com.igny8.billing;

import java.time.Instant;
import java.time.ZoneOffset;

/** Calendar months, counted from the day a period was first anchored on: never 30 days. */
final class Months {
    private Months() {}

    /** 31 January plus 1 is 28 or 29 February, plus 2 is 31 March. */
    static Instant after(Instant anchor, int months) {
        return anchor.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }
}
