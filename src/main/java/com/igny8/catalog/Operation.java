package com.igny8.catalog;

import java.util.Locale;

/** What costs credits. */
public enum Operation {
    CLUSTERING(1_000),
    IDEA_GENERATION(1),
    CONTENT_GENERATION(100),
    IMAGE_PROMPT_EXTRACTION(1),
    IMAGE_GENERATION(1);

    private final int unitSize;

    Operation(int unitSize) {
        this.unitSize = unitSize;
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
