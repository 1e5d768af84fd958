package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * What a sender calls one request, so that sending it twice does it once.
 *
 * @param value as sent, 1 to {@value #MAX_LENGTH} characters; null where none was sent
 * @param sender where it comes from: whose key it is, as long as nobody has signed in
 * @param requestHash SHA-256, in hexadecimal, over method, address and body: the same key must mean
 *     the same request
 */
public record IdempotencyKey(@Nullable String value, String sender, String requestHash) {
    public static final int MAX_LENGTH = 255;

    /** For work that nobody repeats under a name. */
    public static final IdempotencyKey NONE = new IdempotencyKey(null, "", "");
}
