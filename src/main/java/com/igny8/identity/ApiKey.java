package com.igny8.identity;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.NetworkAddress;
import com.igny8.kernel.PlainText;
import com.igny8.tenancy.Scope;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What lets a program reach one site of an account; the secret is with whoever made it.
 *
 * @param expiresAt when it ends by itself; null where it does not
 * @param lastUsedAt to the minute
 * @param previousUntil until when the key it replaced is good too; null where none is
 */
public record ApiKey(
        String id,
        String name,
        UUID siteId,
        Set<Scope> scopes,
        UUID createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedAddress,
        @Nullable Instant previousUntil) {

    static final int MAX_NAME_LENGTH = 120;

    /** For longer than this nobody can say who will hold a key. */
    private static final Duration LONGEST = Duration.ofDays(3660);

    /** By which people know it again: all but the secret. */
    public String prefix() {
        return ApiKeyText.start(id);
    }

    /** From where it was last used, to be read; null where it was not. */
    public @Nullable String lastUsedPlace() {
        return NetworkAddress.inWords(lastUsedAddress);
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** A key that was just made or renewed, with the text that is shown once. */
    public record Issued(ApiKey key, String text) {
        /** Not to be read in a log. */
        @Override
        public String toString() {
            return "Issued[" + key.id() + "]";
        }
    }

    /** A key to make, with its fields checked. */
    public record Draft(String name, UUID siteId, Set<Scope> scopes, @Nullable Instant expiresAt) {

        /** Checks what somebody asked for; 400 that names the fields. */
        public static Draft of(
                String name,
                @Nullable UUID siteId,
                List<String> scopes,
                @Nullable Instant expiresAt,
                Instant now) {
            List<Optional<Scope>> known = scopes.stream().map(Scope::of).toList();
            new FieldErrors()
                    .require(
                            PlainText.isFilled(name.strip(), MAX_NAME_LENGTH),
                            "name",
                            "Say what the key is for, in up to 120 characters")
                    .require(siteId != null, "site", "Choose the site the key is for")
                    .require(!scopes.isEmpty(), "scopes", "Choose what the key may do")
                    .require(
                            known.stream().allMatch(Optional::isPresent),
                            "scopes",
                            "Known are "
                                    + EnumSet.allOf(Scope.class).stream().map(Scope::key).toList())
                    .require(
                            expiresAt == null
                                    || (expiresAt.isAfter(now)
                                            && expiresAt.isBefore(now.plus(LONGEST))),
                            "expires_at",
                            "Must be in the future, and within ten years")
                    .throwIfAny();
            EnumSet<Scope> chosen = EnumSet.noneOf(Scope.class);
            known.forEach(scope -> scope.ifPresent(chosen::add));
            return new Draft(name.strip(), Objects.requireNonNull(siteId), chosen, expiresAt);
        }
    }
}
