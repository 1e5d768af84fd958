package com.igny8.planner.importing;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the addresses of search results out of one cell. */
final class SerpUrls {
    static final int COUNT_MAX = 10;
    private static final int URL_CHARS_MAX = 2_000;

    /** A comma may belong to an address, unless another address follows it. */
    private static final Pattern BREAK =
            Pattern.compile("[\\s|;\"]+|,(?=\\s|\"|https?://|www\\.)|,$");

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?i)(?:https?://)?[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+(?::\\d+)?(?:[/?#].*)?");

    private SerpUrls() {}

    /** The first ten, in order; other words are no reason to refuse a keyword and are left out. */
    static List<String> read(String cell) {
        return Arrays.stream(BREAK.split(cell))
                .filter(part -> part.length() <= URL_CHARS_MAX && ADDRESS.matcher(part).matches())
                .distinct()
                .limit(COUNT_MAX)
                .toList();
    }
}
