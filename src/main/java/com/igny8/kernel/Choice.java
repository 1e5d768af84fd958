package com.igny8.kernel;

import static java.util.stream.Collectors.joining;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** What somebody chose of several, by its key. */
public final class Choice {
    private Choice() {}

    /**
     * The value with that key; nothing where none was chosen, 400 on the field where there is no
     * such value.
     *
     * @param key as it was sent; null or blank for none
     * @param keyOf what a value is called
     */
    public static <T> Optional<T> of(
            String field, @Nullable String key, T[] values, Function<T, String> keyOf) {
        if (key == null || key.isBlank()) {
            return Optional.empty();
        }
        Optional<T> chosen =
                Arrays.stream(values).filter(value -> keyOf.apply(value).equals(key)).findFirst();
        if (chosen.isEmpty()) {
            throw Problem.invalid(
                    field,
                    "Must be one of " + Arrays.stream(values).map(keyOf).collect(joining(", ")));
        }
        return chosen;
    }
}
