package com.igny8.audit;

import com.igny8.kernel.NetworkAddress;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One thing that was done, as its reader may see it.
 *
 * @param accountName of the account it was done on
 * @param via how the actor came in, as {@code session} or {@code api_key}
 * @param target as {@code site:<id>}
 * @param changes by field; empty where nothing was changed that was there before
 */
public record AuditEntry(
        UUID id,
        UUID accountId,
        String accountName,
        Actor actor,
        String via,
        String action,
        String target,
        Map<String, Object> details,
        Map<String, Change> changes,
        @Nullable String address,
        @Nullable String userAgent,
        @Nullable String requestId,
        Instant createdAt) {
    public AuditEntry {
        details = Map.copyOf(details);
        changes = Map.copyOf(changes);
    }

    /**
     * Who did it.
     *
     * @param id of the person; null where it is not for the reader, or there is none
     */
    public record Actor(Kind kind, @Nullable UUID id, String name) {
        /** What kind of somebody. */
        public enum Kind {
            PERSON,
            STAFF,
            API_KEY,
            SYSTEM
        }
    }

    /** A field, before and after; null where it had no value. */
    public record Change(@Nullable Object before, @Nullable Object after) {}

    /** What was done, to be read after the actor's name. */
    public String deed() {
        return Deeds.of(action, details);
    }

    /** From where it was done, to be read; null where nobody knows. */
    public @Nullable String place() {
        return NetworkAddress.inWords(address);
    }

    /** The changes by the name of their field. */
    public Map<String, Change> sortedChanges() {
        return new TreeMap<>(changes);
    }

    /** The details by their name. */
    public Map<String, Object> sortedDetails() {
        return new TreeMap<>(details);
    }
}
