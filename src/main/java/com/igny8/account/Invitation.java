package com.igny8.account;

import com.igny8.identity.EmailAddress;
import com.igny8.kernel.FieldErrors;
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

    private static final int MAX_SITES = 200;

    /** Whether its link has run out: it can be sent again. */
    public boolean isExpired(Instant now) {
        return !expiresAt.isAfter(now);
    }

    /** Whom to invite as what, with its fields checked. */
    public record Draft(String email, Role role, List<UUID> siteIds) {

        /** Checks what somebody typed; 400 that names the fields. */
        public static Draft of(String email, String role, List<UUID> siteIds) {
            new FieldErrors()
                    .require(EmailAddress.isValid(email.strip()), "email", EmailAddress.INVALID)
                    .require(Member.isAssignable(role), "role", Member.ASSIGNABLE)
                    .require(
                            siteIds.size() <= MAX_SITES,
                            "sites",
                            "Name at most " + MAX_SITES + " sites")
                    .throwIfAny();
            return new Draft(
                    email.strip(), Member.assignable(role), siteIds.stream().distinct().toList());
        }
    }
}
