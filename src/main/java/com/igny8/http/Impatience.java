package com.igny8.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.igny8.kernel.Sha256;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Remembers whose bucket is empty until there is one in it again, and then that there is one: those
 * who do not wait so long can be refused without finding out again who they are.
 */
@Component
class Impatience {
    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_WAITING_OF_ONE = 16;

    /** What says who sends a request. */
    private static final List<String> CREDENTIALS = List.of("Authorization", "X-API-Key", "Cookie");

    private final Cache<ByteBuffer, Refused> refused =
            Caffeine.newBuilder()
                    .maximumSize(MAX_REMEMBERED)
                    .expireAfterWrite(Buckets.WINDOW)
                    .build();

    /**
     * A bucket that was found empty.
     *
     * @param nextNanos when there is one in it again: for one request, whichever comes first
     * @param waiting those of the same sender that are kept waiting may be so many
     */
    record Refused(
            Throttle.Standing standing,
            long nextNanos,
            AtomicBoolean isNextTaken,
            Semaphore waiting) {
        private long refillNanos() {
            return Buckets.WINDOW.toNanos() / standing.limit();
        }

        /** Whether there is nothing for one more; takes what there is. */
        boolean holds() {
            long late = System.nanoTime() - nextNanos;
            return late < 0 || (late < refillNanos() && !isNextTaken.compareAndSet(false, true));
        }

        /** How long there is nothing still. */
        Duration left() {
            long nanos = nextNanos - System.nanoTime();
            return Duration.ofNanos(nanos < 0 ? Math.max(0, nanos + refillNanos()) : nanos);
        }

        /** As it stands now. */
        Throttle.Standing now() {
            return new Throttle.Standing(
                    standing.scope(), standing.limit(), new Buckets.Level(false, 0, left()));
        }
    }

    /** That the bucket of such requests has nothing left. */
    void remember(HttpServletRequest request, Throttle.Standing standing) {
        long next = System.nanoTime() + standing.untilNext().toNanos();
        refused.asMap()
                .compute(
                        key(request),
                        (key, before) ->
                                new Refused(
                                        standing,
                                        next,
                                        new AtomicBoolean(),
                                        before == null
                                                ? new Semaphore(MAX_WAITING_OF_ONE)
                                                : before.waiting()));
    }

    /** Why the sender of such a request is to be refused without a look. */
    Optional<Refused> of(HttpServletRequest request) {
        // Mostly there is nobody, and then it is not worth knowing who asks
        return refused.asMap().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(refused.getIfPresent(key(request))).filter(Refused::holds);
    }

    /**
     * Which requests of whom: reads have one bucket; of others it depends on the address. Strangers
     * may show the same worthless credentials, and are still not one.
     */
    private static ByteBuffer key(HttpServletRequest request) {
        String what =
                switch (request.getMethod()) {
                    case "GET", "HEAD", "OPTIONS" -> "read";
                    default -> request.getMethod() + request.getRequestURI();
                };
        StringBuilder who = new StringBuilder(what);
        CREDENTIALS.forEach(
                name ->
                        who.append('\n')
                                .append(Objects.requireNonNullElse(request.getHeader(name), "")));
        return digest(who.append(ClientNetwork.of(request.getRemoteAddr())).toString());
    }

    /** So that what is remembered is short, and no credential. */
    private static ByteBuffer digest(String text) {
        return ByteBuffer.wrap(Sha256.of(text));
    }
}
