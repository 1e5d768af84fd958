package com.igny8.account;

import com.igny8.identity.SignedIn;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Tenancy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.util.Map;
import java.util.Set;

/**
 * What an operator may do who looks at an account as its owner: read its pages, each of which is
 * written down in the customer's own audit log, and stop.
 */
@Component
class ImpersonationGuard implements HandlerInterceptor, WebMvcConfigurer {
    /** Whatever is pressed there ends the look, or the session. */
    private static final Set<String> ALWAYS = Set.of("/console/impersonation/stop", "/logout");

    /** Before the gate, whose order is 0: pages that it refuses have been tried too. */
    private static final int BEFORE_THE_GATE = -10;

    private final AuditLog auditLog;

    ImpersonationGuard(AuditLog auditLog) {
        this.auditLog = auditLog;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .excludePathPatterns("/assets/**", "/webjars/**", "/favicon.ico", "/error")
                .order(BEFORE_THE_GATE);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean isLook =
                request.getDispatcherType() == DispatcherType.REQUEST
                        && SignedIn.current().filter(SignedIn::isImpersonating).isPresent()
                        && !ALWAYS.contains(request.getRequestURI());
        if (!isLook) {
            return true;
        }
        writeDown(request);
        requireReading(request);
        requireCustomersPage(request.getRequestURI());
        return true;
    }

    private void writeDown(HttpServletRequest request) {
        if (Tenancy.callerIfBound().isPresent()) {
            auditLog.record(
                    "impersonation.looked",
                    "page:" + request.getRequestURI(),
                    Map.of("method", request.getMethod()));
        }
    }

    private static void requireReading(HttpServletRequest request) {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {}
            default ->
                    throw Problem.forbidden(
                            "impersonation_is_read_only",
                            "You are looking at a customer's account, and can change nothing"
                                    + " in it");
        }
    }

    /** The console's other customers are not this one's business, nor is the operator's profile. */
    private static void requireCustomersPage(String path) {
        if (isBelow("/console", path) || isBelow("/profile", path)) {
            throw Problem.forbidden(
                    "impersonating", "Stop looking at the customer's account before you go there");
        }
    }

    private static boolean isBelow(String start, String path) {
        return path.equals(start) || path.startsWith(start + "/");
    }
}
