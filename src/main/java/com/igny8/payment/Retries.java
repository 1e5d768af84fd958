package com.igny8.payment;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Asks a provider again where it did not answer; for what is safe to be asked twice alone. */
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private Retries() {}

    static <T> T run(Supplier<T> request) {
        for (int made = 1; ; made++) {
            try {
                return request.get();
            } catch (ProviderFailure failure) {
                if (!failure.isUnknown() || made == TRIES) {
                    throw failure;
                }
                LOG.warn("Asked again: {}", failure.getMessage());
                pause(FIRST_PAUSE.multipliedBy(1L << (made - 1)));
            }
        }
    }

    /** Between all and twice of it, so that those who failed together do not ask together. */
    private static void pause(Duration least) {
        try {
            Thread.sleep(least.plusMillis(ThreadLocalRandom.current().nextLong(least.toMillis())));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
