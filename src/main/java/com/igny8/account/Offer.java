package com.igny8.account;

import com.igny8.identity.User;
import com.igny8.tenancy.Role;

import java.util.List;
import java.util.UUID;

/** What the link of an invitation leads to: a seat, for whoever reads the mail of that address. */
public record Offer(
        UUID invitationId,
        UUID accountId,
        String accountName,
        String email,
        Role role,
        List<UUID> siteIds,
        UUID invitedBy,
        String invitedByName) {
    /** How whoever works for the operator is called. */
    static final String STAFF = "IGNY8 staff";

    /** Whether this user goes by the address that was invited. */
    public boolean isFor(User user) {
        return user.email().equalsIgnoreCase(email);
    }
}
