package com.igny8.http;

import com.igny8.tenancy.Tenancy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Takes each request that reaches a handler from its bucket, and tells where the bucket stands. */
@Component
public class ThrottleInterceptor implements HandlerInterceptor {
    private final Throttle throttle;

    ThrottleInterceptor(Throttle throttle) {
        this.throttle = throttle;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (throttle.isEnabled() && handler instanceof HandlerMethod method) {
            take(scope(request, method), request, response);
        }
        return true;
    }

    /** Also for requests that fail to say who they are, before any handler: by address. */
    public void take(
            Throttle.Scope scope, HttpServletRequest request, HttpServletResponse response) {
        if (!throttle.isEnabled()) {
            return;
        }
        String address = "address:" + request.getRemoteAddr();
        String who =
                scope == Throttle.Scope.AUTH
                        ? address
                        : Tenancy.callerIfBound()
                                .map(caller -> "account:" + caller.accountId())
                                .orElse(address);
        Throttle.Standing standing = throttle.take(scope, who);
        response.setHeader(
                "RateLimit-Policy", "\"%s\";q=%d;w=60".formatted(scope.key(), standing.limit()));
        response.setHeader(
                "RateLimit",
                "\"%s\";r=%d;t=%d"
                        .formatted(scope.key(), standing.remaining(), standing.secondsUntilMore()));
        if (!standing.allowed()) {
            response.setHeader("Retry-After", Long.toString(standing.secondsUntilMore()));
            throw standing.problem();
        }
    }

    private static Throttle.Scope scope(HttpServletRequest request, HandlerMethod method) {
        Throttled onMethod = method.getMethodAnnotation(Throttled.class);
        if (onMethod != null) {
            return onMethod.value();
        }
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> Throttle.Scope.READ;
            default -> Throttle.Scope.WRITE;
        };
    }
}
