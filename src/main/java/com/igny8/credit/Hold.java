package com.igny8.credit;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Credits reserved for work under way: settled once, by capture or by release. */
public record Hold(
        UUID id, long amount, long captured, Status status, String operation, Instant expiresAt) {
    /** What became of it. */
    public enum Status {
        HELD,
        CAPTURED,
        RELEASED;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
