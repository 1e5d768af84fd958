package com.igny8.planner.importing;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a column of a keyword file may hold. */
public enum Field {
    KEYWORD("Keyword"),
    VOLUME("Searches a month"),
    DIFFICULTY("Difficulty"),
    CPC("Cost per click"),
    INTENT("Intent"),
    COUNTRY("Country"),
    LANGUAGE("Language"),
    SERP_URLS("Search results"),
    /** Nothing that is read: a column set aside by the person who maps it. */
    IGNORED("Leave out");

    private final String title;

    Field(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** The name in forms and JSON, such as {@code serp_urls}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field of a name. */
    public static Optional<Field> ofLabel(@Nullable String label) {
        return Arrays.stream(values()).filter(field -> field.label().equals(label)).findFirst();
    }
}
