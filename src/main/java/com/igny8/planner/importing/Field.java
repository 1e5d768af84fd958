package com.igny8.planner.importing;

import java.util.Locale;

/** What a column of a keyword file may hold. */
public enum Field {
    KEYWORD,
    VOLUME,
    DIFFICULTY,
    CPC,
    INTENT,
    COUNTRY,
    LANGUAGE,
    SERP_URLS,
    /** Nothing that is read: a column set aside by the person who maps it. */
    IGNORED;

    /** The name in forms and JSON, such as {@code serp_urls}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
