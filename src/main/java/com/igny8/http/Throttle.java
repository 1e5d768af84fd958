package com.igny8.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.igny8.kernel.Problem;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Locale;

/**
 * Lets everybody do so much a minute: each account in each scope, or each client address where
 * nobody is signed in. Buckets refill steadily and live in this process.
 */
@Component
@EnableConfigurationProperties(Throttle.Limits.class)
public class Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(Throttle.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** So that addresses nobody sees again do not fill the memory. */
    private static final int MAX_BUCKETS = 200_000;

    /** What is limited together. */
    public enum Scope {
        READ,
        WRITE,
        AI,
        AUTH;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Requests a minute for each scope.
     *
     * @param enabled false is for development only
     */
    @ConfigurationProperties("igny8.throttle")
    record Limits(boolean enabled, int read, int write, int ai, int auth) {
        int of(Scope scope) {
            return switch (scope) {
                case READ -> read;
                case WRITE -> write;
                case AI -> ai;
                case AUTH -> auth;
            };
        }
    }

    /** How it stands with a bucket after a request took from it. */
    record Standing(Scope scope, int limit, boolean allowed, long remaining, Duration untilMore) {
        long secondsUntilMore() {
            return Math.max(1, untilMore.plusMillis(999).toSeconds());
        }

        Problem problem() {
            return Problem.of(
                            429,
                            "throttled",
                            "Too many requests. Try again in " + secondsUntilMore() + " seconds")
                    .with("retry_after", secondsUntilMore());
        }
    }

    private final Limits limits;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(MAX_BUCKETS)
                    .expireAfterAccess(WINDOW.multipliedBy(2))
                    .build();

    Throttle(Limits limits) {
        this.limits = limits;
        if (!limits.enabled()) {
            LOG.warn("Throttling is OFF (IGNY8_THROTTLE_ENABLED=false): for development only");
        }
    }

    boolean isEnabled() {
        return limits.enabled();
    }

    Standing take(Scope scope, String who) {
        int limit = limits.of(scope);
        ConsumptionProbe probe =
                buckets.get(scope.key() + ' ' + who, key -> full(limit))
                        .tryConsumeAndReturnRemaining(1);
        return new Standing(
                scope,
                limit,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(
                        probe.isConsumed()
                                ? probe.getNanosToWaitForReset()
                                : probe.getNanosToWaitForRefill()));
    }

    /** Takes one in the scope {@code AUTH} for something beside the address, such as an email. */
    public void requireAuth(String who) {
        if (limits.enabled()) {
            Standing standing = take(Scope.AUTH, who);
            if (!standing.allowed()) {
                throw standing.problem();
            }
        }
    }

    private static Bucket full(int limit) {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, WINDOW))
                .build();
    }
}
