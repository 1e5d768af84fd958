package com.igny8.account;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * The tenant.
 *
 * @param suspendedReason what its owner is told while it is suspended; null while it is not
 * @param retentionDays how long what it deletes can be had back
 * @param restoreUntil how long it can itself be had back; null where it is not deleted
 */
public record Account(
        UUID id,
        String name,
        String slug,
        AccountStatus status,
        String contactEmail,
        @Nullable String suspendedReason,
        @Nullable Instant trialEndsAt,
        Instant createdAt,
        int retentionDays,
        @Nullable Instant restoreUntil) {}
