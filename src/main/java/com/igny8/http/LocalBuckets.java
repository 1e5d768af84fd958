package com.igny8.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import java.time.Duration;

/** The buckets of one process. */
final class LocalBuckets implements Buckets {
    /**
     * So that a million addresses do not fill the memory. Who comes again and again stays; who came
     * once goes first.
     */
    static final int MAX_BUCKETS = 100_000;

    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(MAX_BUCKETS)
                    .expireAfterAccess(WINDOW.multipliedBy(2))
                    .build();

    @Override
    public Level take(String name, int capacity) {
        ConsumptionProbe probe =
                buckets.get(name, key -> full(capacity)).tryConsumeAndReturnRemaining(1);
        return new Level(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(
                        probe.isConsumed()
                                ? probe.getNanosToWaitForReset()
                                : probe.getNanosToWaitForRefill()));
    }

    /** How many there are now, those on their way out not counted. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private static Bucket full(int capacity) {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(capacity).refillGreedy(capacity, WINDOW))
                .build();
    }
}
