package com.igny8.tenancy;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Who acts, and on which account: bound once for a request or a job, read everywhere after.
 *
 * @param userId the person, or whoever asked for the job; for an API key the system's bot
 * @param via how they came in
 * @param confinement what an API key is held to; null for people
 */
public record Caller(
        UUID accountId, UUID userId, Role role, Via via, @Nullable Confinement confinement) {

    /** A person, whom nothing but their role confines. */
    public Caller(UUID accountId, UUID userId, Role role, Via via) {
        this(accountId, userId, role, via, null);
    }

    /** The user as which the product itself acts, with nobody who asked for it; see V013. */
    private static final UUID SYSTEM_BOT = UUID.fromString("00000000-0000-7000-8000-000000000b07");

    /** The product itself, on the account: for schedulers, and for what providers tell us. */
    public static Caller system(UUID accountId) {
        return new Caller(accountId, SYSTEM_BOT, Role.OWNER, Via.JOB);
    }

    /** The same person in the place of another account's owner: for operators. */
    public Caller asOwnerOf(UUID otherAccountId) {
        return new Caller(otherAccountId, userId, Role.OWNER, via);
    }

    /** A way into an account; each passes the same gate. */
    public enum Via {
        SESSION,
        TOKEN,
        API_KEY,
        /** An operator's session, looking as the owner and changing nothing. */
        IMPERSONATION,
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

    /** The only site there is for an API key; null where no key confines the caller. */
    public @Nullable UUID onlySiteId() {
        return confinement == null ? null : confinement.siteId();
    }

    /** The API key that acts; null for people. */
    public @Nullable String apiKeyId() {
        return confinement == null ? null : confinement.keyId();
    }
}
