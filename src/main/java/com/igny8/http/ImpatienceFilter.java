package com.igny8.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Refuses programs that were refused just now and ask again too soon, before anything is looked up
 * for them; and lets some of them wait for it, which costs nothing, so that who asks again at once
 * does not take from the others what a processor can do.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class ImpatienceFilter extends OncePerRequestFilter {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    private final Impatience impatience;
    private final ErrorWriter errors;

    ImpatienceFilter(Impatience impatience, ErrorWriter errors) {
        this.impatience = impatience;
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Impatience.Refused> refused = impatience.of(request);
        if (refused.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        await(refused.get());
        errors.write(ThrottleInterceptor.refuse(refused.get().now(), response), response);
    }

    /** Some at once; the others are refused at once, or they would fill the memory. */
    private static void await(Impatience.Refused refused) {
        if (!refused.waiting().tryAcquire()) {
            return;
        }
        try {
            Duration left = refused.left();
            Thread.sleep(left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            refused.waiting().release();
        }
    }
}
