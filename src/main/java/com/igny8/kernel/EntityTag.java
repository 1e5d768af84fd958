package com.igny8.kernel;

import java.util.Arrays;
import java.util.HexFormat;

/** The strong entity tag of a thing: another one whenever any of its components is another. */
public final class EntityTag {
    private static final int BYTES = 16;

    private EntityTag() {}

    /** In quotes, as in the header {@code ETag}. */
    public static String of(Record thing) {
        byte[] digest = Sha256.of(thing.toString());
        return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)) + '"';
    }
}
