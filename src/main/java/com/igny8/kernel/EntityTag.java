package com.igny8.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The strong entity tag of a thing: another one whenever any of its components is another. */
public final class EntityTag {
    private static final int BYTES = 16;

    private EntityTag() {}

    /** In quotes, as in the header {@code ETag}. */
    public static String of(Record thing) {
        byte[] digest = sha256().digest(thing.toString().getBytes(StandardCharsets.UTF_8));
        return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)) + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
