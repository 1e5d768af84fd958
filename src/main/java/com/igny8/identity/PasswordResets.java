package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** New passwords for those who forgot theirs: by a link to their address, good once. */
@Component
class PasswordResets {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int MOST_AN_HOUR = 3;

    private final PlatformTransactions platform;
    private final Users users;
    private final RequestedLetters requested;
    private final SecurityLetters letters;
    private final Passwords passwords;
    private final PasswordChanges changes;
    private final SignInGuard guard;
    private final Clock clock;

    PasswordResets(
            PlatformTransactions platform,
            Users users,
            RequestedLetters requested,
            SecurityLetters letters,
            Passwords passwords,
            PasswordChanges changes,
            SignInGuard guard,
            Clock clock) {
        this.platform = platform;
        this.users = users;
        this.requested = requested;
        this.letters = letters;
        this.passwords = passwords;
        this.changes = changes;
        this.guard = guard;
        this.clock = clock;
    }

    /** The same for addresses that somebody has and those nobody has. */
    void request(String email) {
        requested.request(RequestedLetters.Kind.PASSWORD_RESET, EmailAddress.require(email));
    }

    /** To the address we know, whatever way it was spelled when it was asked for. */
    void send(User user) {
        Instant now = clock.instant();
        platform.run(
                jdbc -> {
                    long recent =
                            jdbc.sql(
                                            """
                                            SELECT count(*) FROM password_reset
                                             WHERE user_id = :user AND created_at > :since
                                            """)
                                    .param("user", user.id())
                                    .param("since", Columns.timestamp(now.minus(LIFETIME)))
                                    .query(Long.class)
                                    .single();
                    if (recent < MOST_AN_HOUR) {
                        String token = Tokens.fresh();
                        keep(jdbc, user, token, now);
                        letters.passwordReset(user, token, LIFETIME);
                    }
                });
    }

    private static void keep(JdbcClient jdbc, User user, String token, Instant now) {
        jdbc.sql(
                        """
                        INSERT INTO password_reset (token_hash, user_id, created_at, expires_at)
                        VALUES (:hash, :user, :now, :expires)
                        """)
                .param("hash", Tokens.hash(token))
                .param("user", user.id())
                .param("now", Columns.timestamp(now))
                .param("expires", Columns.timestamp(now.plus(LIFETIME)))
                .update();
    }

    /** For who took their address back from somebody who knew the password. */
    void sendAfterUndoing(User user) {
        String token = Tokens.fresh();
        platform.run(jdbc -> keep(jdbc, user, token, clock.instant()));
        letters.emailChangeUndone(user, token, LIFETIME);
    }

    /** Who has the link reads the owner's mail; they may try to sign in again at once. */
    void confirm(String token, String password) {
        User user = platform.read(jdbc -> owner(jdbc, token, ""));
        PasswordRules.check("password", password, user.email());
        String hash = passwords.hash(password);
        platform.run(
                jdbc -> {
                    Users.lock(jdbc, user.id());
                    owner(jdbc, token, "FOR UPDATE OF password_reset");
                    changes.set(user, hash, null);
                    users.confirmEmail(user.id());
                    guard.forgive(guard.passwordOf(user.email()));
                    // Whoever reads the mail may not have the second factor
                    guard.lift(guard.codeOf(user));
                });
    }

    private User owner(JdbcClient jdbc, String token, String lock) {
        return jdbc.sql(
                        """
                        SELECT app_user.* FROM password_reset
                          JOIN app_user ON app_user.id = user_id
                         WHERE token_hash = :hash AND used_at IS NULL AND expires_at > :now
                           AND is_active
                        """
                                + lock)
                .param("hash", Tokens.hash(token))
                .param("now", Columns.timestamp(clock.instant()))
                .query(Users::user)
                .optional()
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "token",
                                        "This link was used or has run out. Ask for another"));
    }
}
