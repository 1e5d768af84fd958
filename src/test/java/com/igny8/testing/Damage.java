package com.igny8.testing;

/** What a sealed column becomes when something went wrong with what is kept. */
public final class Damage {
    private Damage() {}

    /**
     * The assignment of an UPDATE that turns over one byte of the column, whatever it was: a byte
     * put in its place would be the same one in 256.
     */
    public static String of(String column) {
        return "%1$s = set_byte(%1$s, 20, get_byte(%1$s, 20) # 255)".formatted(column);
    }
}
