package com.igny8.http;

import com.igny8.kernel.Problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/**
 * Holds the body of an API request in memory, {@value #MAX_BYTES} bytes at most: it is read twice
 * where an idempotency key is given, and nobody can make us read for ever. Uploads are not touched;
 * they have a limit of their own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyFilter extends OncePerRequestFilter {
    static final int MAX_BYTES = 1024 * 1024;
    static final String BODY = BodyFilter.class.getName();

    /** Up to this a body is held whatever others there are: as many as there may be connections. */
    private static final int SMALL_BYTES = 8 * 1024;

    private static final byte[] NONE = {};

    private final ErrorWriter errors;
    private final Semaphore kilobytes;

    @Autowired
    BodyFilter(ErrorWriter errors) {
        this(errors, (int) (Runtime.getRuntime().maxMemory() / 4 / 1024));
    }

    /**
     * @param kilobytes for all larger bodies together: whoever sends many of them slowly fills no
     *     more
     */
    BodyFilter(ErrorWriter errors, int kilobytes) {
        this.errors = errors;
        this.kilobytes = new Semaphore(kilobytes);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return !request.getRequestURI().startsWith("/api/")
                || (type != null && type.regionMatches(true, 0, "multipart/", 0, 10));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            errors.write(tooLarge(), response);
            return;
        }
        int most = mostBytes(request);
        int room = most <= SMALL_BYTES ? 0 : most / 1024;
        if (!kilobytes.tryAcquire(room)) {
            errors.write(
                    Problem.of(
                            503, "busy", "Too many large requests at once. Try again in a moment"),
                    response);
            return;
        }
        try {
            byte[] body = most == 0 ? NONE : request.getInputStream().readNBytes(most);
            if (body.length > MAX_BYTES) {
                errors.write(tooLarge(), response);
                return;
            }
            request.setAttribute(BODY, body);
            chain.doFilter(new HeldBody(request, body), response);
        } finally {
            kilobytes.release(room);
        }
    }

    private static Problem tooLarge() {
        return Problem.of(413, "body_too_large", "The body is larger than " + MAX_BYTES + " bytes");
    }

    /**
     * To be read, and to have room: no more than is announced. What is not announced may be too
     * large.
     */
    private static int mostBytes(HttpServletRequest request) throws IOException {
        int announced = request.getContentLength();
        return announced >= 0
                ? announced
                : request.getInputStream().isFinished() ? 0 : MAX_BYTES + 1;
    }

    private static final class HeldBody extends HttpServletRequestWrapper {
        private final ByteArrayInputStream body;

        HeldBody(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {
                @Override
                public int read() {
                    return body.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return body.read(target, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return body.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("The body is already here");
                }
            };
        }
    }
}
