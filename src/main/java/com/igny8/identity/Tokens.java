package com.igny8.identity;

import com.igny8.kernel.Sha256;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable tokens: 256 random bits, given out once, kept as a SHA-256 hash. */
public final class Tokens {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    public static String fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A plain hash suffices: there is no guessing what has 256 bits. */
    public static byte[] hash(String token) {
        return Sha256.of(token);
    }
}
