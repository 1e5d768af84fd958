package com.igny8.identity;

import com.igny8.kernel.Problem;
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
 * @param sessionId of the web session, or of the token's family; all zeros for an API key
 * @param apiKeyId the key that was shown; null for people
 */
public record SignedIn(
        User user,
        @Nullable UUID actingAccountId,
        UUID sessionId,
        Caller.Via via,
        @Nullable String apiKeyId) {
    private static final UUID NO_SESSION = new UUID(0, 0);

    /** A person. */
    public SignedIn(User user, @Nullable UUID actingAccountId, UUID sessionId, Caller.Via via) {
        this(user, actingAccountId, sessionId, via, null);
    }

    static SignedIn byApiKey(User bot, UUID accountId, String apiKeyId) {
        return new SignedIn(bot, accountId, NO_SESSION, Caller.Via.API_KEY, apiKeyId);
    }

    /** Whether an operator looks at a customer's account as its owner. */
    public boolean isImpersonating() {
        return via == Caller.Via.IMPERSONATION;
    }

    /** Whoever sent the request being served; 403 for all but operators. */
    public static SignedIn operator() {
        return current()
                .filter(signedIn -> signedIn.user().isOperator())
                .orElseThrow(SignedIn::operatorsOnly);
    }

    /** What others than operators are told. */
    public static Problem operatorsOnly() {
        return Problem.forbidden("operators_only", "This is for operators only");
    }

    /** Whoever sent the request being served. */
    public static Optional<SignedIn> current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof SignedIn signedIn
                ? Optional.of(signedIn)
                : Optional.empty();
    }
}
