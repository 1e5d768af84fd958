package com.igny8.testing;

import java.util.Arrays;

/** What lies in the middle of what was measured. */
public final class Median {
    private Median() {}

    /** Of an even number, the upper of the two. */
    public static double of(double... values) {
        return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
    }
}
