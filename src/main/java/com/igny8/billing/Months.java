package com.igny8.billing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Calendar months, counted from the moment periods are anchored on: never 30 days. */
final class Months {
    private Months() {}

    /** 31 January plus 1 is 28 or 29 February, plus 2 is 31 March. */
    static Instant after(Instant anchor, int months) {
        return anchor.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }

    /** How many months after the anchor a moment is, rounded down. */
    static int since(Instant anchor, Instant moment) {
        int months =
                (int)
                        ChronoUnit.MONTHS.between(
                                anchor.atOffset(ZoneOffset.UTC), moment.atOffset(ZoneOffset.UTC));
        // From 31 January to 28 February is no month to the calendar, but one to us
        return after(anchor, months + 1).isAfter(moment) ? months : months + 1;
    }

    /** Whether the moment is where a month counted from the anchor begins. */
    static boolean beginsOne(Instant anchor, Instant moment) {
        return after(anchor, since(anchor, moment)).equals(moment);
    }
}
