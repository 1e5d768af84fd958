package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Product;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import java.io.IOException;

class BodyRoomTests {
    private static final int KILOBYTES = 100;

    private final BodyFilter filter =
            new BodyFilter(Product.running().bean(ErrorWriter.class), KILOBYTES);

    /** Guard: bodies are held before anybody is asked who sends them. */
    @Test
    void largeBodiesHaveSoMuchRoomTogetherAndSmallOnesNeedNone() throws Exception {
        sent(
                60,
                (request, response) -> {
                    assertThat(sent(60, new MockFilterChain()).getStatus()).isEqualTo(503);
                    assertThat(sent(30, new MockFilterChain()).getStatus()).isEqualTo(200);
                    assertThat(sent(5, new MockFilterChain()).getStatus()).isEqualTo(200);
                });

        assertThat(sent(KILOBYTES, new MockFilterChain()).getStatus()).isEqualTo(200);
        assertThat(sent(5, new MockFilterChain()).getStatus()).isEqualTo(200);
    }

    private MockHttpServletResponse sent(int kilobytes, FilterChain chain)
            throws ServletException, IOException {
        var request = new MockHttpServletRequest("POST", "/api/v1/auth/login/");
        request.setContent(new byte[kilobytes * 1024]);
        var response = new MockHttpServletResponse();
        filter.doFilter(request, response, chain);
        return response;
    }
}
