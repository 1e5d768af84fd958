package com.igny8.account;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** The tenant. */
public record Account(
        UUID id,
        String name,
        String slug,
        AccountStatus status,
        String contactEmail,
        @Nullable Instant trialEndsAt,
        Instant createdAt) {}
