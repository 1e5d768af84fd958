package com.igny8.billing;

import java.util.function.Consumer;

/** Something that happens in some months of a {@link Life}, counted from 0. */
record Deed(int first, int last, boolean isOnPayday, Consumer<Life> what) {

    /** At the beginning of a month. */
    static Deed at(int month, Consumer<Life> what) {
        return new Deed(month, month, false, what);
    }

    /** Towards the end of each of these months. */
    static Deed onPaydays(int first, int last, Consumer<Life> what) {
        return new Deed(first, last, true, what);
    }

    boolean isIn(int month) {
        return first <= month && month <= last;
    }
}
