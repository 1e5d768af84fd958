package com.igny8.planner;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** What a searcher is after; the database and the API spell it in lower case. */
public enum Intent {
    /** To learn something. */
    INFORMATIONAL,
    /** To reach one particular site or brand. */
    NAVIGATIONAL,
    /** To compare before a purchase. */
    COMMERCIAL,
    /** To buy, book, download or sign up now. */
    TRANSACTIONAL;

    /** The name in SQL and JSON, such as {@code informational}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Intent of(@Nullable String label) {
        return label == null ? null : valueOf(label.toUpperCase(Locale.ROOT));
    }
}
