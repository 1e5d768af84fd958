package com.igny8.testing;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The product's clock, which a test may stop, or put forward, for a while. */
public final class TestClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;
    private volatile @Nullable Instant stoppedAt;

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

    /** A moment that lasts until it is closed. */
    @FunctionalInterface
    public interface Moment extends AutoCloseable {
        @Override
        void close();
    }

    /** Stops the clock, once at a time, at a moment that the database can tell. */
    public Moment still() {
        stoppedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return () -> stoppedAt = null;
    }

    @Override
    public Instant instant() {
        Instant stopped = stoppedAt;
        return (stopped == null ? Instant.now() : stopped).plus(ahead);
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
