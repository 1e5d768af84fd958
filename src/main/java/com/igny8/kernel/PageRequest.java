package com.igny8.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list: number from 1, size 1 to {@value #MAX_SIZE}, optionally only what matches.
 */
public record PageRequest(int number, int size, @Nullable String search) {
    public static final int DEFAULT_SIZE = 50;
    public static final int MAX_SIZE = 200;

    /** Beyond this an offset costs more than anybody reads: narrow the search instead. */
    public static final int MAX_NUMBER = 10_000;

    public static final int MAX_SEARCH_LENGTH = 200;

    public PageRequest {
        new FieldErrors()
                .require(
                        number >= 1 && number <= MAX_NUMBER,
                        "page",
                        "Must be between 1 and " + MAX_NUMBER)
                .require(
                        size >= 1 && size <= MAX_SIZE,
                        "page_size",
                        "Must be between 1 and " + MAX_SIZE)
                .require(
                        search == null || search.length() <= MAX_SEARCH_LENGTH,
                        "search",
                        "Must be at most " + MAX_SEARCH_LENGTH + " characters")
                .throwIfAny();
        search = search == null || search.isBlank() ? null : search.strip();
    }

    public static PageRequest first() {
        return new PageRequest(1, DEFAULT_SIZE, null);
    }

    public int offset() {
        return (number - 1) * size;
    }

    /** The search as an SQL {@code ILIKE} pattern, with the wildcards of the input disarmed. */
    public @Nullable String pattern() {
        return search == null
                ? null
                : "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
