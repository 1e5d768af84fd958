package com.igny8.tenancy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an API key may be allowed to do on its site. */
public enum Scope {
    SITES_READ,
    KEYWORDS_READ,
    KEYWORDS_WRITE,
    CLUSTERS_READ,
    CLUSTERS_WRITE,
    JOBS_READ,
    CREDITS_READ,
    CREDITS_WRITE,
    CONTENT_READ,
    CONTENT_WRITE,
    PUBLISH_WRITE;

    /** As in the database and in JSON: {@code sites:read}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** The scope of that name; nothing where there is none. */
    public static Optional<Scope> of(String key) {
        return Arrays.stream(values()).filter(scope -> scope.key().equals(key)).findFirst();
    }
}
