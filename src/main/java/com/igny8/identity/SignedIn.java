package com.igny8.identity;

import com.igny8.tenancy.Caller;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import java.util.Optional;
import java.util.UUID;

/**
 * Somebody who said who they are, and how.
 *
 * @param actingAccountId the account they chose to act on; null for those who have none
 * @param sessionId of the web session, or of the token's family
 */
public record SignedIn(User user, @Nullable UUID actingAccountId, UUID sessionId, Caller.Via via) {

    /** Whoever sent the request being served. */
    public static Optional<SignedIn> current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn signedIn
                ? Optional.of(signedIn)
                : Optional.empty();
    }
}
