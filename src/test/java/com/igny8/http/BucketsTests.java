package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.RedisServer;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class BucketsTests {
    private static final int CAPACITY = 7;

    private static void assertHoldsSoManyAndNoMore(Buckets buckets) {
        for (int i = 1; i <= CAPACITY; i++) {
            Buckets.Level level = buckets.take("someone", CAPACITY);
            assertThat(level.allowed()).isTrue();
            assertThat(level.remaining()).isEqualTo(CAPACITY - i);
            assertThat(level.untilMore()).isBetween(Duration.ZERO, Buckets.WINDOW);
        }
        Buckets.Level refused = buckets.take("someone", CAPACITY);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.remaining()).isZero();
        assertThat(refused.untilMore())
                .isBetween(Duration.ofMillis(1), Buckets.WINDOW.dividedBy(CAPACITY));
        assertThat(buckets.take("another", CAPACITY).allowed()).isTrue();
    }

    @Test
    void aBucketHoldsSoManyAndNoMore() {
        assertHoldsSoManyAndNoMore(new LocalBuckets());
    }

    @Test
    void aMillionAddressesDoNotFillTheMemoryNorHideTheOneThatComesAgainAndAgain() {
        LocalBuckets buckets = new LocalBuckets();
        int allowed = 0;
        for (int stranger = 0; stranger < 1_000_000; stranger++) {
            buckets.take("address:" + stranger, CAPACITY);
            if (stranger % 100 == 0 && buckets.take("abuser", CAPACITY).allowed()) {
                allowed++;
            }
        }

        assertThat(buckets.size()).isLessThanOrEqualTo(LocalBuckets.MAX_BUCKETS);
        // What refills while this runs, and one bucket that may have had to go at first
        assertThat(allowed).isBetween(CAPACITY, CAPACITY * 4);
    }

    /** Connected, and so patient that on a busy machine none of them goes on by its own count. */
    private static RedisBuckets shared(RedisServer redis) {
        RedisBuckets buckets =
                new RedisBuckets(redis.url(), new LocalBuckets(), Duration.ofSeconds(30));
        buckets.take("warm", 1);
        redis.ask("FLUSHALL");
        return buckets;
    }

    @Test
    void aBucketInRedisHoldsSoManyAndNoMore() {
        try (RedisServer redis = new RedisServer();
                RedisBuckets buckets = shared(redis)) {
            assertHoldsSoManyAndNoMore(buckets);
            assertThat(redis.ask("DBSIZE")).isEqualTo(":2");
        }
    }

    @Test
    void aBucketIsKeptInRedisOnlyUntilItIsFullAgain() {
        try (RedisServer redis = new RedisServer();
                RedisBuckets buckets = shared(redis)) {
            buckets.take("someone", 600);

            String milliseconds = redis.ask("PTTL", "igny8:throttle:someone").substring(1);
            assertThat(Integer.parseInt(milliseconds)).isLessThanOrEqualTo(101);
        }
    }

    @Test
    void allThatAskRedisTogetherGetWhatThereIsAndNoneIsGivenTwice() throws Exception {
        int threads = 40;
        try (RedisServer redis = new RedisServer();
                RedisBuckets one = shared(redis);
                RedisBuckets other = shared(redis);
                ExecutorService together = Executors.newFixedThreadPool(threads)) {
            Instant begin = Instant.now();
            List<Future<Boolean>> takes =
                    together.invokeAll(
                            IntStream.range(0, 400)
                                    .<Callable<Boolean>>mapToObj(
                                            i ->
                                                    () ->
                                                            (i % 2 == 0 ? one : other)
                                                                    .take("hot", 100)
                                                                    .allowed())
                                    .toList());
            int allowed = 0;
            for (Future<Boolean> take : takes) {
                allowed += take.get() ? 1 : 0;
            }
            // A hundred come back in a minute
            int back = 1 + (int) (Duration.between(begin, Instant.now()).toMillis() * 100 / 60_000);
            assertThat(allowed).isBetween(100, 100 + back);
        }
    }
}
