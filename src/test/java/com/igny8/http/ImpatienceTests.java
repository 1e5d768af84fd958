package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

import java.time.Duration;

class ImpatienceTests {
    private final Impatience impatience = new Impatience();

    private static MockHttpServletRequest signIn(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/auth/login/");
        request.addHeader("Authorization", "Bearer null");
        request.setRemoteAddr(address);
        return request;
    }

    /** Guard: one of them could keep all others from signing in. */
    @Test
    void strangersWithTheSameWorthlessCredentialsAreNotOne() {
        impatience.remember(
                signIn("192.0.2.1"),
                new Throttle.Standing(
                        Throttle.Scope.AUTH,
                        10,
                        new Buckets.Level(false, 0, Duration.ofSeconds(6))));

        assertThat(impatience.of(signIn("192.0.2.1"))).isPresent();
        assertThat(impatience.of(signIn("198.51.100.7"))).isEmpty();
    }
}
