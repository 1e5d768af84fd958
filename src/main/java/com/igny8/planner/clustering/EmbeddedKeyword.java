package com.igny8.planner.clustering;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A keyword ready to be clustered. Refuses, with an {@link IllegalArgumentException}, what breaks
 * the rules below.
 *
 * @param text what people type into the search box; not blank
 * @param vector its meaning, of length 1 (within {@value #UNIT_LENGTH_TOLERANCE}); not copied, so
 *     do not change it afterwards
 * @param volume searches per month, null if unknown; not negative
 * @param resultUrls the first search results for it, empty if unknown; more than {@value
 *     #MAX_RESULT_URLS} are cut
 */
@SuppressWarnings("ArrayRecordComponent") // 100,000 vectors: copying them would double the memory
public record EmbeddedKeyword(
        String text, float[] vector, @Nullable Long volume, List<String> resultUrls) {
    public static final int MAX_RESULT_URLS = 10;
    private static final double UNIT_LENGTH_TOLERANCE = 1e-3;

    public EmbeddedKeyword {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a keyword needs a text");
        }
        double squaredLength = 0;
        for (float value : vector) {
            squaredLength += (double) value * value;
        }
        // Written so that NaN fails too
        if (!(Math.abs(Math.sqrt(squaredLength) - 1) <= UNIT_LENGTH_TOLERANCE)) {
            throw new IllegalArgumentException("vector of \"" + text + "\" is not of length 1");
        }
        if (volume != null && volume < 0) {
            throw new IllegalArgumentException("volume of \"" + text + "\" is negative");
        }
        resultUrls = resultUrls.stream().limit(MAX_RESULT_URLS).toList();
    }

    public EmbeddedKeyword(String text, float[] vector) {
        this(text, vector, null, List.of());
    }
}
