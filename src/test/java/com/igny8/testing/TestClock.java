package com.igny8.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The product's clock, which a test may put forward for a while. */
public final class TestClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    /** What a test does while the clock is put forward. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Runs the work so much later; afterwards it is as late as it was. */
    public void later(Duration duration, Work work) throws Exception {
        Duration before = ahead;
        ahead = before.plus(duration);
        try {
            work.run();
        } finally {
            ahead = before;
        }
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
