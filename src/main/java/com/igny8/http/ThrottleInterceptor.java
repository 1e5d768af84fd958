package com.igny8.http;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Tenancy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

import java.util.Optional;

/**
 * Takes each request from its bucket, once, and tells where the bucket stands: before the handler,
 * or where a request is refused before it gets to one.
 */
@Component
public class ThrottleInterceptor implements HandlerInterceptor {
    private static final String TAKEN = ThrottleInterceptor.class.getName();

    private final Throttle throttle;
    private final Impatience impatience;

    ThrottleInterceptor(Throttle throttle, Impatience impatience) {
        this.throttle = throttle;
        this.impatience = impatience;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        take(scope(request, handler), request, response)
                .ifPresent(
                        refusal -> {
                            throw refusal;
                        });
        return true;
    }

    private static Throttle.Scope scope(HttpServletRequest request, Object handler) {
        Throttled own = handler instanceof HandlerMethod method ? annotation(method) : null;
        if (own != null) {
            return own.value();
        }
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> Throttle.Scope.READ;
            default -> Throttle.Scope.WRITE;
        };
    }

    private static @Nullable Throttled annotation(HandlerMethod method) {
        Throttled onMethod = method.getMethodAnnotation(Throttled.class);
        return onMethod == null ? method.getBeanType().getAnnotation(Throttled.class) : onMethod;
    }

    /** For requests that are refused before a handler gets them: whether they are too many. */
    public Optional<Problem> refusal(HttpServletRequest request, HttpServletResponse response) {
        return take(Throttle.Scope.READ, request, response);
    }

    private Optional<Problem> take(
            Throttle.Scope scope, HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(TAKEN) != null) {
            return Optional.empty(); // Forwarded, or at its second pass
        }
        request.setAttribute(TAKEN, scope);
        Optional<Throttle.Standing> standing = standing(scope, request);
        standing.ifPresent(known -> tell(known, response));
        standing.filter(Throttle.Standing::isEmpty)
                .ifPresent(known -> impatience.remember(request, known));
        return standing.filter(known -> !known.level().allowed())
                .map(known -> refuse(known, response));
    }

    private Optional<Throttle.Standing> standing(Throttle.Scope scope, HttpServletRequest request) {
        Optional<Caller> caller =
                scope == Throttle.Scope.AUTH ? Optional.empty() : Tenancy.callerIfBound();
        return caller.isPresent()
                ? throttle.take(scope, caller.get().accountId())
                : throttle.take(scope, request.getRemoteAddr());
    }

    /** As draft-ietf-httpapi-ratelimit-headers has it. */
    private static void tell(Throttle.Standing standing, HttpServletResponse response) {
        String scope = '"' + standing.scope().key() + '"';
        response.setHeader(
                "RateLimit-Policy",
                scope + ";q=" + standing.limit() + ";w=" + Buckets.WINDOW.toSeconds());
        response.setHeader(
                "RateLimit",
                scope
                        + ";r="
                        + standing.level().remaining()
                        + ";t="
                        + standing.secondsUntilMore());
    }

    /** What to answer to one too many. */
    static Problem refuse(Throttle.Standing standing, HttpServletResponse response) {
        tell(standing, response);
        response.setHeader("Retry-After", Long.toString(standing.secondsUntilMore()));
        return standing.problem();
    }
}
