package com.igny8.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What costs credits. */
public enum Operation {
    CLUSTERING("Clustering of keywords", "each 1,000 keywords in a run, or part of them", 1_000),
    IDEA_GENERATION("Ideas", "each idea", 1),
    CONTENT_GENERATION("Words of content", "each 100 words, or part of them", 100),
    IMAGE_PROMPT_EXTRACTION("Image prompts", "each article", 1),
    IMAGE_GENERATION("Images", "each image", 1);

    private final String label;
    private final String unit;
    private final int unitSize;

    Operation(String label, String unit, int unitSize) {
        this.label = label;
        this.unit = unit;
        this.unitSize = unitSize;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** For people: what is paid for once. */
    public String unit() {
        return unit;
    }

    /** How many units a quantity is: every started one counts, and there is at least one. */
    public long units(long quantity) {
        return Math.max(1, Math.ceilDiv(quantity, unitSize));
    }

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Operation of(String key) {
        return find(key).orElseThrow();
    }

    /** The operation of that key; nothing where there is none. */
    public static Optional<Operation> find(String key) {
        return Arrays.stream(values()).filter(operation -> operation.key().equals(key)).findFirst();
    }
}
