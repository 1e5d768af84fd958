package com.igny8.catalog;

import java.util.Locale;

/** What costs credits. */
public enum Operation {
    CLUSTERING("Clustering of keywords", 1_000),
    IDEA_GENERATION("Ideas", 1),
    CONTENT_GENERATION("Words of content", 100),
    IMAGE_PROMPT_EXTRACTION("Image prompts", 1),
    IMAGE_GENERATION("Images", 1);

    private final String label;
    private final int unitSize;

    Operation(String label, int unitSize) {
        this.label = label;
        this.unitSize = unitSize;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** How many units a quantity is: every started one counts, and there is at least one. */
    public long units(long quantity) {
        return Math.max(1, Math.ceilDiv(quantity, unitSize));
    }

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
