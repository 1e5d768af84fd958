package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecurityEvents;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;

/** Signing in: by the password, and by a code too for those who have a second factor. */
@Component
public class SignIn {
    private static final Duration CHALLENGE_LIFETIME = Duration.ofMinutes(5);

    private final PlatformTransactions platform;
    private final Users users;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final SignInGuard guard;
    private final SecurityEvents securityEvents;
    private final Clock clock;

    SignIn(
            PlatformTransactions platform,
            Users users,
            Passwords passwords,
            SecondFactors secondFactors,
            SignInGuard guard,
            SecurityEvents securityEvents,
            Clock clock) {
        this.platform = platform;
        this.users = users;
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.guard = guard;
        this.securityEvents = securityEvents;
        this.clock = clock;
    }

    /** How far somebody got with a right password. */
    public sealed interface Step {
        /** All the way. */
        record In(User user) implements Step {}

        /**
         * Up to the second factor.
         *
         * @param challenge to be shown with the code, good for a few minutes
         */
        record CodeNeeded(String challenge) implements Step {}
    }

    /** The refusal does not tell, nor does its time, which of the two is wrong. */
    public Step withPassword(String email, String password) {
        Users.Known known =
                users.withPassword(email, password)
                        .orElseThrow(
                                () ->
                                        Problem.unauthenticated(
                                                "invalid_credentials",
                                                "Email or password is not right"));
        if (passwords.isOutdated(known.passwordHash())) {
            users.rehash(known, password);
        }
        return known.hasSecondFactor()
                ? new Step.CodeNeeded(challenge(known.user()))
                : new Step.In(known.user());
    }

    private String challenge(User user) {
        String challenge = Tokens.fresh();
        platform.run(
                jdbc -> {
                    Users.lockUnlessEnded(jdbc, user);
                    jdbc.sql(
                                    """
                                    INSERT INTO sign_in_challenge (token_hash, user_id, expires_at)
                                    VALUES (:hash, :user, :expires)
                                    """)
                            .param("hash", Tokens.hash(challenge))
                            .param("user", user.id())
                            .param(
                                    "expires",
                                    Columns.timestamp(clock.instant().plus(CHALLENGE_LIFETIME)))
                            .update();
                });
        return challenge;
    }

    /** With a code of the authenticator, or a recovery code; a challenge lets in once. */
    public User withCode(String challenge, String code) {
        User user = platform.read(jdbc -> challenged(jdbc, challenge, ""));
        SignInGuard.Subject subject = guard.codeOf(user);
        guard.admit(subject);
        boolean isRight =
                platform.write(
                        jdbc -> {
                            challenged(jdbc, challenge, "FOR UPDATE OF sign_in_challenge");
                            return secondFactors.use(user, code) && end(jdbc, challenge);
                        });
        if (!isRight) {
            securityEvents.ofPerson("sign_in.code_failed", user.id());
            guard.failed(subject);
            throw Problem.unauthenticated(
                    "second_factor_invalid", "This code is not right, or was used before");
        }
        guard.succeeded(subject);
        return user;
    }

    private User challenged(JdbcClient jdbc, String challenge, String lock) {
        return jdbc.sql(
                        """
                        SELECT app_user.* FROM sign_in_challenge
                          JOIN app_user ON app_user.id = user_id
                         WHERE token_hash = :hash AND expires_at > :now AND is_active
                        """
                                + lock)
                .param("hash", Tokens.hash(challenge))
                .param("now", Columns.timestamp(clock.instant()))
                .query(Users::user)
                .optional()
                .orElseThrow(
                        () ->
                                Problem.unauthenticated(
                                        "challenge_invalid",
                                        "This took too long. Sign in with your password again"));
    }

    private static boolean end(JdbcClient jdbc, String challenge) {
        return jdbc.sql("DELETE FROM sign_in_challenge WHERE token_hash = :hash")
                        .param("hash", Tokens.hash(challenge))
                        .update()
                == 1;
    }
}
