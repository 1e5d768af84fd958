package com.igny8.tenancy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an API key may be allowed to do on its site. */
public enum Scope {
    SITES_READ("See the site and its sectors"),
    KEYWORDS_READ("See keywords"),
    KEYWORDS_WRITE("Import keywords, and sort them"),
    CLUSTERS_READ("See clusters"),
    CLUSTERS_WRITE("Cluster keywords (uses credits), and rename"),
    JOBS_READ("Follow the jobs it began"),
    CREDITS_READ("See how many credits are left"),
    CREDITS_WRITE("Use credits for work of its own"),
    CONTENT_READ("See articles"),
    CONTENT_WRITE("Write articles"),
    PUBLISH_WRITE("Publish articles");

    private final String words;

    Scope(String words) {
        this.words = words;
    }

    /** What it lets a program do, to be read. */
    public String inWords() {
        return words;
    }

    /** As in the database and in JSON: {@code sites:read}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** The scope of that name; nothing where there is none. */
    public static Optional<Scope> of(String key) {
        return Arrays.stream(values()).filter(scope -> scope.key().equals(key)).findFirst();
    }
}
