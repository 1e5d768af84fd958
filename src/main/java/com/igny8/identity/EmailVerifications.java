package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/** Proof that somebody reads the address they gave: a link by mail, good once, for a while. */
@Component
public class EmailVerifications {
    private static final Duration LIFETIME = Duration.ofDays(3);
    private static final int MOST_AN_HOUR = 5;

    private final PlatformTransactions platform;
    private final SecurityLetters letters;
    private final Clock clock;

    EmailVerifications(PlatformTransactions platform, SecurityLetters letters, Clock clock) {
        this.platform = platform;
        this.letters = letters;
        this.clock = clock;
    }

    /** Mails the link, in the transaction that is there. */
    public void send(User user) {
        String token = Tokens.fresh();
        platform.run(
                jdbc -> {
                    jdbc.sql(
                                    """
                                    INSERT INTO email_verification
                                        (token_hash, user_id, email, expires_at)
                                    VALUES (:hash, :user, :email, :expires)
                                    """)
                            .param("hash", Tokens.hash(token))
                            .param("user", user.id())
                            .param("email", user.email())
                            .param("expires", Columns.timestamp(clock.instant().plus(LIFETIME)))
                            .update();
                    letters.verifyEmail(user, token, LIFETIME);
                });
    }

    /** Tells the owner of an address that somebody tried to sign up with it again. */
    public void sendAlreadyRegistered(String email) {
        letters.alreadyRegistered(email.toLowerCase(Locale.ROOT));
    }

    /** Mails another link to who has not used theirs; a few an hour. */
    void sendAgain(User user) {
        if (user.emailVerified()) {
            throw Problem.conflict("email_verified", "This address is confirmed already");
        }
        long recent =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT count(*) FROM email_verification
                                                 WHERE user_id = :user AND expires_at > :since
                                                """)
                                        .param("user", user.id())
                                        .param(
                                                "since",
                                                Columns.timestamp(
                                                        clock.instant()
                                                                .plus(LIFETIME)
                                                                .minus(Duration.ofHours(1))))
                                        .query(Long.class)
                                        .single());
        if (recent >= MOST_AN_HOUR) {
            throw Problem.of(
                    429,
                    "too_many_mails",
                    "We have sent several mails within an hour. Look into your spam folder too");
        }
        send(user);
    }

    private record Used(UUID userId, String email) {}

    /** Uses a link; 400 where it was used, has run out or is not ours. */
    public void verify(String token) {
        platform.run(
                jdbc -> {
                    Used link =
                            jdbc.sql(
                                            """
                                            UPDATE email_verification SET used_at = :now
                                             WHERE token_hash = :hash AND used_at IS NULL
                                               AND expires_at > :now
                                            RETURNING user_id, email
                                            """)
                                    .param("now", Columns.timestamp(clock.instant()))
                                    .param("hash", Tokens.hash(token))
                                    .query(
                                            (row, number) ->
                                                    new Used(
                                                            Columns.uuid(row, "user_id"),
                                                            row.getString("email")))
                                    .optional()
                                    .orElseThrow(
                                            () ->
                                                    Problem.invalid(
                                                            "token",
                                                            "This link was used or has run out"));
                    // Theirs may be another one by now, which this proves nothing of
                    jdbc.sql(
                                    """
                                    UPDATE app_user SET email_verified_at = :now
                                     WHERE id = :id AND email = :email
                                    """)
                            .param("now", Columns.timestamp(clock.instant()))
                            .param("id", link.userId())
                            .param("email", link.email())
                            .update();
                });
    }
}
