package com.igny8.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What not every plan has. */
public enum Feature {
    AI_WRITER("AI writer", "Articles written from your ideas"),
    IMAGE_GEN("Image generation", "Featured images and images within articles"),
    AUTO_PUBLISH("Automatic publishing", "Approved articles go out on their date"),
    CUSTOM_PROMPTS("Custom prompts", "Your own instructions for every operation"),
    UNLIMITED("All that is to come", "Every feature, also new ones");

    private final String label;
    private final String explanation;

    Feature(String label, String explanation) {
        this.label = label;
        this.explanation = explanation;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** For people who do not know it yet: what one gets. */
    public String explanation() {
        return explanation;
    }

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Feature of(String key) {
        return find(key).orElseThrow();
    }

    /** The feature of that key; nothing where there is none. */
    public static Optional<Feature> find(String key) {
        return Arrays.stream(values()).filter(feature -> feature.key().equals(key)).findFirst();
    }
}
