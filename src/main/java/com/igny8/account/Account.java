package com.igny8.account;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * The tenant.
 *
 * @param retentionDays how long what it deletes can be had back
 * @param restoreUntil how long it can itself be had back; null where it is not deleted
 */
public record Account(
        UUID id,
        String name,
        String slug,
        AccountStatus status,
        String contactEmail,
        @Nullable Instant trialEndsAt,
        Instant createdAt,
        int retentionDays,
        @Nullable Instant restoreUntil) {}
