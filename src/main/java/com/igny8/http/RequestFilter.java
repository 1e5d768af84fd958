package com.igny8.http;

import com.igny8.tenancy.AuditLog;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The first filter: names the request, says at which address it was sent, and lets API addresses be
 * written without the slash they end in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestFilter extends OncePerRequestFilter {
    /** Letters, digits, hyphens, underscores and tildes; not dots, which lead up and down. */
    private static final Pattern NEEDLESSLY_ENCODED =
            Pattern.compile("%(2[Dd]|3\\d|[46][1-9A-Fa-f]|[57][\\dAa]|5[Ff]|7[Ee])");

    private final URI publicUrl;

    RequestFilter(@Value("${igny8.public-url}") URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = idOf(request);
        response.setHeader(RequestId.HEADER, id);
        MDC.put(AuditLog.REQUEST_ID, id);
        MDC.put(AuditLog.CLIENT_ADDRESS, request.getRemoteAddr());
        MDC.put(AuditLog.USER_AGENT, userAgent(request));
        try {
            chain.doFilter(new AtPublicAddress(respelled(request), publicUrl), response);
        } finally {
            MDC.remove(AuditLog.REQUEST_ID);
            MDC.remove(AuditLog.CLIENT_ADDRESS);
            MDC.remove(AuditLog.USER_AGENT);
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

    /** What it says it is: shortened, and without what PostgreSQL or a reader would choke on. */
    private static @Nullable String userAgent(HttpServletRequest request) {
        String said = request.getHeader(HttpHeaders.USER_AGENT);
        if (said == null) {
            return null;
        }
        String plain = said.replaceAll("\\p{Cntrl}", " ");
        return plain.substring(0, Math.min(plain.length(), AuditLog.MAX_USER_AGENT_LENGTH));
    }

    /**
     * One spelling of each address, for all that look at it after us: {@code /%61pi} is {@code
     * /api} (RFC 3986, 6.2.2.2), and its slash at the end is optional.
     */
    private static HttpServletRequest respelled(HttpServletRequest request) {
        String sent = request.getRequestURI();
        String path =
                sent.indexOf('%') < 0
                        ? sent
                        : NEEDLESSLY_ENCODED
                                .matcher(sent)
                                .replaceAll(
                                        code ->
                                                Character.toString(
                                                        Integer.parseInt(code.group(1), 16)));
        boolean needsSlash = path.startsWith("/api/v1/") && !path.endsWith("/");
        return needsSlash || !path.equals(sent)
                ? new Respelled(request, path, needsSlash ? "/" : "")
                : request;
    }

    private static final class Respelled extends HttpServletRequestWrapper {
        private final String path;
        private final String slash;

        Respelled(HttpServletRequest request, String path, String slash) {
            super(request);
            this.path = path;
            this.slash = slash;
        }

        @Override
        public String getRequestURI() {
            return path + slash;
        }

        @Override
        public String getServletPath() {
            return super.getServletPath() + slash;
        }
    }
}
