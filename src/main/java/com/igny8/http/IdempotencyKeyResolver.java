package com.igny8.http;

import com.igny8.kernel.Problem;
import com.igny8.kernel.Sha256;
import com.igny8.tenancy.IdempotencyKey;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Reads the {@code Idempotency-Key} header, and what the request is it stands for. */
final class IdempotencyKeyResolver implements HandlerMethodArgumentResolver {
    static final String HEADER = "Idempotency-Key";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IdempotencyKey.class;
    }

    @Override
    public IdempotencyKey resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binderFactory)
            throws IOException {
        String key = key(webRequest);
        if (key == null) {
            return IdempotencyKey.NONE;
        }
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("Not an HTTP request");
        }
        return new IdempotencyKey(key, request.getRemoteAddr(), hash(request, webRequest));
    }

    /** As sent; 400 for what is no key. */
    static @Nullable String key(NativeWebRequest webRequest) {
        String key = webRequest.getHeader(HEADER);
        if (key != null && (key.isBlank() || key.length() > IdempotencyKey.MAX_LENGTH)) {
            throw Problem.badRequest(
                    "idempotency_key_invalid",
                    "Idempotency-Key must have 1 to " + IdempotencyKey.MAX_LENGTH + " characters");
        }
        return key;
    }

    private static String hash(HttpServletRequest request, NativeWebRequest webRequest)
            throws IOException {
        MessageDigest digest = Sha256.digest();
        update(digest, request.getMethod() + ' ' + request.getRequestURI());
        update(digest, String.valueOf(request.getQueryString()));
        var multipart = webRequest.getNativeRequest(MultipartHttpServletRequest.class);
        if (multipart == null) {
            digest.update((byte[]) request.getAttribute(BodyFilter.BODY));
        } else {
            // Part by part: the boundary between them differs each time the same form is sent
            for (Map.Entry<String, String[]> field :
                    new TreeMap<>(multipart.getParameterMap()).entrySet()) {
                update(digest, field.getKey() + '=' + Arrays.toString(field.getValue()));
            }
            for (Map.Entry<String, MultipartFile> file :
                    new TreeMap<>(multipart.getFileMap()).entrySet()) {
                update(digest, file.getKey());
                file.getValue().getInputStream().transferTo(new DigestOutput(digest));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static final class DigestOutput extends OutputStream {
        private final MessageDigest digest;

        DigestOutput(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(int value) {
            digest.update((byte) value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }
    }
}
