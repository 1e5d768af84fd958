package com.igny8.identity;

import org.springframework.context.ApplicationContext;

import java.util.UUID;

/** Access tokens of many accounts of one user, for benches: as many sign-ins would take hours. */
public final class BenchTokens {
    private BenchTokens() {}

    public static String issue(
            ApplicationContext context, UUID userId, UUID accountId, UUID familyId) {
        return context.getBean(AccessTokens.class).issue(userId, accountId, familyId);
    }
}
