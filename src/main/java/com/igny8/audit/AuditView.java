package com.igny8.audit;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** An entry of the audit log, for programs. */
public record AuditView(
        UUID id,
        UUID account,
        ActorView actor,
        @Schema(example = "session") String via,
        @Schema(example = "site.created") String action,
        @Schema(example = "site:0198c0de-0000-7000-8000-000000000000") String target,
        @Schema(example = "Ada Lovelace added the site Cloud Notes") String sentence,
        Map<String, Object> details,
        Map<String, AuditEntry.Change> changes,
        @Nullable String address,
        @Nullable String userAgent,
        @Nullable String requestId,
        Instant createdAt) {

    /**
     * @param kind {@code person}, {@code staff}, {@code api_key} or {@code system}
     */
    public record ActorView(
            @Schema(example = "person") String kind, @Nullable UUID id, String name) {}

    public static AuditView of(AuditEntry entry) {
        AuditEntry.Actor actor = entry.actor();
        return new AuditView(
                entry.id(),
                entry.accountId(),
                new ActorView(
                        actor.kind().name().toLowerCase(Locale.ROOT), actor.id(), actor.name()),
                entry.via(),
                entry.action(),
                entry.target(),
                actor.name() + " " + entry.deed(),
                entry.details(),
                entry.changes(),
                entry.address(),
                entry.userAgent(),
                entry.requestId(),
                entry.createdAt());
    }
}
