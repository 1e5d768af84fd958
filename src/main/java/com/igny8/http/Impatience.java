package com.igny8.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Remembers who was refused as one too many, until there is something for them again: those who do
 * not wait so long can be refused without finding out again who they are.
 */
@Component
class Impatience {
    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_WAITING_OF_ONE = 16;

    /** What says who sends a request. */
    private static final List<String> CREDENTIALS = List.of("Authorization", "X-API-Key", "Cookie");

    private final Cache<String, Refused> refused =
            Caffeine.newBuilder()
                    .maximumSize(MAX_REMEMBERED)
                    .expireAfterWrite(Buckets.WINDOW)
                    .build();

    /**
     * A refusal.
     *
     * @param waiting those of the same sender that are kept waiting may be so many
     */
    record Refused(Throttle.Standing standing, long untilNanos, Semaphore waiting) {
        /** How long it is good for still; negative where it is over. */
        Duration left() {
            return Duration.ofNanos(untilNanos - System.nanoTime());
        }

        /** As it stands now. */
        Throttle.Standing now() {
            Duration left = left();
            return new Throttle.Standing(
                    standing.scope(),
                    standing.limit(),
                    new Buckets.Level(false, 0, left.isNegative() ? Duration.ZERO : left));
        }
    }

    void remember(HttpServletRequest request, Throttle.Standing standing) {
        refused.asMap()
                .compute(
                        key(request),
                        (key, before) ->
                                new Refused(
                                        standing,
                                        System.nanoTime() + standing.level().untilMore().toNanos(),
                                        before == null
                                                ? new Semaphore(MAX_WAITING_OF_ONE)
                                                : before.waiting()));
    }

    /** Why the sender of such a request is refused still. */
    Optional<Refused> of(HttpServletRequest request) {
        return Optional.ofNullable(refused.getIfPresent(key(request)))
                .filter(known -> !known.left().isNegative());
    }

    /**
     * Which requests of whom: reads have one bucket; of others it depends on the address. Those who
     * show no credentials are known by where they come from.
     */
    private static String key(HttpServletRequest request) {
        String what =
                switch (request.getMethod()) {
                    case "GET", "HEAD", "OPTIONS" -> "read";
                    default -> request.getMethod() + request.getRequestURI();
                };
        StringBuilder who = new StringBuilder(what);
        CREDENTIALS.forEach(
                name -> who.append('\n').append(Objects.requireNonNullElse(request.getHeader(name), "")));
        boolean isNobody = CREDENTIALS.stream().allMatch(name -> request.getHeader(name) == null);
        return digest(isNobody ? who + ClientNetwork.of(request.getRemoteAddr()) : who.toString());
    }

    /** So that what is remembered is short, and no credential. */
    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
