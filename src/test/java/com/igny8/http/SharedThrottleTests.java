package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.RedisServer;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Two nodes, one Redis; each test ends with Redis as it began. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedThrottleTests {
    private static final int READS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Product product = Product.running();
    private final RedisServer redis = new RedisServer();
    private Product one;
    private Product other;

    @BeforeAll
    void start() {
        one = node();
        other = node();
        bothNodesShareAgain();
    }

    private Product node() {
        return product.node(
                "--igny8.throttle.enabled=true",
                "--igny8.throttle.read=" + READS,
                "--igny8.redis-url=" + redis.url());
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
        redis.close();
    }

    @AfterEach
    void bothNodesShareAgain() {
        awaitShared(one);
        awaitShared(other);
    }

    /** Until what the node does is counted in Redis. */
    private void awaitShared(Product node) {
        Instant end = Instant.now().plus(PATIENCE);
        Api api = node.api().as(product.signUp().access());
        String before = redis.ask("DBSIZE");
        while (redis.ask("DBSIZE").equals(before)) {
            assertThat(Instant.now()).isBefore(end);
            api.get("auth/me/");
        }
    }

    private static Reply read(Product node, Customer customer) {
        return node.api().as(customer.access()).get("auth/me/");
    }

    @Test
    void nodesShareOneLimit() {
        Customer customer = product.signUp();
        for (int i = 0; i < READS; i++) {
            Reply reply = read(i % 2 == 0 ? one : other, customer).expect(200);
            assertThat(reply.header("RateLimit")).startsWith("\"read\";r=" + (READS - 1 - i));
        }

        read(one, customer).expectRefusal(429, "throttled");
        read(other, customer).expectRefusal(429, "throttled");
    }

    @Test
    void whenRedisIsGoneEachNodeGoesOnByItsOwnCountAndSharesAgainWhenItIsBack() {
        Customer customer = product.signUp();
        redis.stop();
        try {
            for (int i = 0; i < READS; i++) {
                read(one, customer).expect(200);
            }
            read(one, customer).expectRefusal(429, "throttled");
            read(other, customer).expect(200);
        } finally {
            redis.start();
        }
    }

    @Test
    void aRedisThatHangsDoesNotHangTheRequests() {
        Customer customer = product.signUp();
        read(one, customer).expect(200);
        redis.hang();
        try {
            Instant start = Instant.now();
            for (int i = 0; i < READS; i++) {
                read(one, customer).expect(200);
            }
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
            read(one, customer).expectRefusal(429, "throttled");
        } finally {
            redis.resume();
        }
    }

    @Test
    void emailsAreNotInRedis() {
        String email = Product.freshEmail();
        one.api().post("auth/login/", Map.of("email", email, "password", "wrong")).expect(401);

        assertThat(redis.ask("KEYS", "*")).contains("igny8:throttle:auth").doesNotContain(email);
    }
}
