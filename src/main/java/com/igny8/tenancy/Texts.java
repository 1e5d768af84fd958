package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.function.Function;

/** A column of many rows as one parameter: an array of texts, which the statement casts. */
public final class Texts {
    private Texts() {}

    public static <T> @Nullable String[] of(
            Collection<? extends T> rows, Function<? super T, @Nullable Object> column) {
        @Nullable String[] texts = new String[rows.size()];
        int next = 0;
        for (T row : rows) {
            Object value = column.apply(row);
            texts[next] = value == null ? null : value.toString();
            next++;
        }
        return texts;
    }
}
