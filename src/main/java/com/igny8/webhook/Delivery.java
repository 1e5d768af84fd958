package com.igny8.webhook;

import com.igny8.kernel.Choice;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * An event on its way to an endpoint, or what became of it.
 *
 * @param accountId whose the endpoint is
 * @param attempts since it was last asked for
 * @param dueAt when it is tried next, while it waits
 * @param last the youngest try; null where there was none
 */
record Delivery(
        UUID accountId,
        UUID id,
        UUID endpointId,
        URI url,
        Event event,
        Status status,
        int attempts,
        Instant dueAt,
        Instant createdAt,
        @Nullable Instant settledAt,
        @Nullable Attempt last) {

    /** What became of it. */
    enum Status {
        WAITING,
        DELIVERED,
        FAILED;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }

        /** What a list is to be narrowed to; null for nothing, 400 for what is none. */
        static @Nullable Status filter(@Nullable String key) {
            return Choice.of("status", key, values(), Status::key).orElse(null);
        }
    }

    /** A delivery with all its tries, youngest first. */
    record History(Delivery delivery, List<Attempt> attempts) {
        History {
            attempts = List.copyOf(attempts);
        }
    }
}
