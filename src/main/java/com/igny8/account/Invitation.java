package com.igny8.account;

import com.igny8.tenancy.Role;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A seat in the bound account that waits for somebody to take it.
 *
 * @param siteIds what they are let into then
 */
public record Invitation(
        UUID id,
        String email,
        Role role,
        List<UUID> siteIds,
        UUID invitedBy,
        Instant sentAt,
        Instant expiresAt) {

    /** Whether its link has run out: it can be sent again. */
    public boolean isExpired(Instant now) {
        return !expiresAt.isAfter(now);
    }

    /** Whom to invite as what, with its fields checked. */
    public record Draft(String email, Role role, List<UUID> siteIds) {
        public Draft {
            siteIds = siteIds.stream().distinct().toList();
        }
    }
}
