package com.igny8.http;

import com.igny8.tenancy.AuditLog;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * The first filter: names the request, and lets API addresses be written without the slash they end
 * in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = idOf(request);
        response.setHeader(RequestId.HEADER, id);
        MDC.put(AuditLog.REQUEST_ID, id);
        MDC.put(AuditLog.CLIENT_ADDRESS, request.getRemoteAddr());
        try {
            chain.doFilter(needsSlash(request) ? new WithSlash(request) : request, response);
        } finally {
            MDC.remove(AuditLog.REQUEST_ID);
            MDC.remove(AuditLog.CLIENT_ADDRESS);
        }
    }

    /** What failed outside the controllers is told in a second pass: of the same request. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static String idOf(HttpServletRequest request) {
        if (request.getAttribute(RequestId.HEADER) instanceof String given) {
            return given;
        }
        String id = RequestId.choose(request.getHeader(RequestId.HEADER));
        request.setAttribute(RequestId.HEADER, id);
        return id;
    }

    private static boolean needsSlash(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/api/v1/") && !path.endsWith("/");
    }

    private static final class WithSlash extends HttpServletRequestWrapper {
        WithSlash(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return super.getRequestURI() + "/";
        }

        @Override
        public StringBuffer getRequestURL() {
            return super.getRequestURL().append('/');
        }

        @Override
        public String getServletPath() {
            return super.getServletPath() + "/";
        }
    }
}
