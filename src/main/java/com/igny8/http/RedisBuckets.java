package com.igny8.http;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The buckets of all nodes together, in Redis. Where Redis does not answer, each node goes on with
 * its own buckets rather than refuse its customers, and asks again once a second: a Redis that
 * hangs costs one request a second {@value #PATIENCE_MILLIS} ms, and the others nothing.
 *
 * <p>One round trip takes from a bucket, and a bucket is one number, so that requests that come
 * together never have to try again, however many there are.
 */
final class RedisBuckets implements Buckets, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisBuckets.class);

    private static final int PATIENCE_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);
    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(1);
    private static final String PREFIX = "igny8:throttle:";

    /**
     * A bucket is the moment at which it is full again, by the clock of Redis, which is the same
     * for all nodes; until then it is kept, and no longer. Times are in microseconds.
     */
    private static final String TAKE =
            """
            local capacity, window = tonumber(ARGV[1]), tonumber(ARGV[2])
            local refill = window / capacity
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
            local wait = full_at + refill - (now + window)
            if wait > 1 then
                return {0, 0, math.ceil(wait)}
            end
            full_at = full_at + refill
            redis.call('SET', KEYS[1], string.format('%.0f', full_at),
                'PX', math.ceil((full_at - now) / 1000))
            local left = math.max(0, math.floor((now + window - full_at) / refill + 0.001))
            return {1, left, math.ceil(full_at - now)}
            """;

    private final RedisClient client;
    private final Buckets ownInstead;
    private final AtomicLong askAgainAtNanos = new AtomicLong();
    private final AtomicReference<@Nullable StatefulRedisConnection<String, String>> connection =
            new AtomicReference<>();
    private volatile boolean isAway;

    RedisBuckets(String url, Buckets ownInstead) {
        this(url, ownInstead, PATIENCE);
    }

    /**
     * @param patience how long Redis may take for an answer
     */
    RedisBuckets(String url, Buckets ownInstead, Duration patience) {
        this.ownInstead = ownInstead;
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(patience);
        this.client = RedisClient.create(uri);
        client.setOptions(
                ClientOptions.builder()
                        // A connection that failed is given up and made anew: one that hangs would
                        // otherwise be waited for as long as TCP has patience
                        .autoReconnect(false)
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                        .socketOptions(SocketOptions.builder().connectTimeout(patience).build())
                        .timeoutOptions(TimeoutOptions.enabled(patience))
                        .build());
        askAgainAtNanos.set(System.nanoTime());
    }

    @Override
    public Level take(String name, int capacity) {
        StatefulRedisConnection<String, String> present = connection.get();
        if (present == null && !isMyTurnToAsk()) {
            return ownInstead.take(name, capacity);
        }
        try {
            StatefulRedisConnection<String, String> redis =
                    present == null ? client.connect() : present;
            Level level = take(redis, name, capacity);
            if (present == null) {
                found(redis);
            }
            return level;
        } catch (RedisException failure) {
            lost(present, failure);
            return ownInstead.take(name, capacity);
        }
    }

    /** One of those who find Redis away asks again, once a second. */
    private boolean isMyTurnToAsk() {
        long now = System.nanoTime();
        long due = askAgainAtNanos.get();
        return now - due >= 0
                && askAgainAtNanos.compareAndSet(due, now + UNTIL_ASKED_AGAIN.toNanos());
    }

    private static Level take(
            StatefulRedisConnection<String, String> redis, String name, int capacity) {
        List<Long> answer =
                redis.sync()
                        .eval(
                                TAKE,
                                ScriptOutputType.MULTI,
                                new String[] {PREFIX + name},
                                Integer.toString(capacity),
                                Long.toString(WINDOW.toNanos() / 1000));
        return new Level(answer.get(0) == 1, answer.get(1), Duration.ofNanos(answer.get(2) * 1000));
    }

    private void found(StatefulRedisConnection<String, String> redis) {
        connection.set(redis);
        if (isAway) {
            isAway = false;
            LOG.info("Redis answers again: the throttle is shared by all nodes");
        }
    }

    private synchronized void lost(
            @Nullable StatefulRedisConnection<String, String> failed, RedisException failure) {
        if (connection.compareAndSet(failed, null)) {
            askAgainAtNanos.set(System.nanoTime() + UNTIL_ASKED_AGAIN.toNanos());
        }
        if (failed != null) {
            var _ = failed.closeAsync();
        }
        if (!isAway) {
            isAway = true;
            LOG.warn(
                    "Redis does not answer, so this node throttles by its own count until it does:"
                            + " {}",
                    failure.toString());
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
