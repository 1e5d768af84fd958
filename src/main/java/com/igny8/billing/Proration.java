package com.igny8.billing;

import com.igny8.kernel.Money;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * What is left of a period at a moment, to the second. What a price comes to for the rest is
 * rounded once, a half away from zero, so that going there and back at one moment costs nothing.
 */
record Proration(Instant start, Instant end, Instant at) {
    Proration {
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("From " + start + " to " + end);
        }
        at = at.isBefore(start) ? start : at.isAfter(end) ? end : at;
    }

    /** What of a price for the whole period falls on the rest of it. */
    Money rest(Money price) {
        return price.share(seconds(at, end), seconds(start, end));
    }

    /** What of the credits for the whole period falls on the rest of it, rounded up. */
    long rest(long credits) {
        long whole = Duration.between(start, end).toSeconds();
        return Math.ceilDiv(
                Math.multiplyExact(credits, Duration.between(at, end).toSeconds()), whole);
    }

    private static BigDecimal seconds(Instant from, Instant to) {
        return BigDecimal.valueOf(Math.max(0, Duration.between(from, to).toSeconds()));
    }
}
