package com.igny8.http;

import com.igny8.tenancy.AuditLog;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** The name of the request being served: the sender's, if it is a decent one, or ours. */
final class RequestId {
    static final String HEADER = "X-Request-ID";

    private static final Pattern DECENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    static String choose(@Nullable String sent) {
        return sent != null && DECENT.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    }

    static String current() {
        return Objects.requireNonNullElse(MDC.get(AuditLog.REQUEST_ID), "");
    }
}
