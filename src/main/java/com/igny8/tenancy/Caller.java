package com.igny8.tenancy;

import com.igny8.kernel.Problem;

import java.util.UUID;

/**
 * Who acts, and on which account: bound once for a request or a job, read everywhere after.
 *
 * @param userId the person, or whoever asked for the job
 * @param via how they came in
 */
public record Caller(UUID accountId, UUID userId, Role role, Via via) {

    /** A way into an account; each passes the same gate. */
    public enum Via {
        SESSION,
        TOKEN,
        JOB
    }

    /** Refuses with 403 unless the caller's role is at least the one given. */
    public void require(Role least) {
        if (!role.isAtLeast(least)) {
            throw Problem.forbidden(
                    "role_too_weak",
                    "This needs the role " + least.key() + ", you are " + role.key());
        }
    }
}
