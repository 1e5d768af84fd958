package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Another address to sign in with: once it is confirmed there, and undone from the old for a week.
 */
@Component
class EmailChanges {
    private static final Duration LIFETIME = Duration.ofDays(3);
    private static final Duration UNDO_LIFETIME = Duration.ofDays(7);

    private final PlatformTransactions platform;
    private final Users users;
    private final Passwords passwords;
    private final PasswordResets resets;
    private final Intrusion intrusion;
    private final EmailVerifications verifications;
    private final SecurityLetters letters;
    private final OwnActs acts;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    EmailChanges(
            PlatformTransactions platform,
            Users users,
            Passwords passwords,
            PasswordResets resets,
            Intrusion intrusion,
            EmailVerifications verifications,
            SecurityLetters letters,
            OwnActs acts,
            ApplicationEventPublisher events,
            Clock clock) {
        this.platform = platform;
        this.users = users;
        this.passwords = passwords;
        this.resets = resets;
        this.intrusion = intrusion;
        this.verifications = verifications;
        this.letters = letters;
        this.acts = acts;
        this.events = events;
        this.clock = clock;
    }

    /** Whether somebody else has the address, only that person is told. */
    void request(User user, String typed, String password) {
        String newEmail = EmailAddress.require(typed);
        if (Users.normal(newEmail).equals(Users.normal(user.email()))) {
            throw Problem.invalid("email", "This is your address already");
        }
        users.requirePassword(user, "password", password);
        String token = Tokens.fresh();
        String undoToken = Tokens.fresh();
        platform.run(
                jdbc -> {
                    Users.lockUnlessEnded(jdbc, user);
                    keep(jdbc, user, newEmail, token, undoToken);
                    if (users.find(newEmail).isPresent()) {
                        verifications.sendAlreadyRegistered(newEmail);
                    } else {
                        letters.confirmNewEmail(newEmail, token, LIFETIME);
                    }
                    letters.newEmailRequested(user, newEmail, undoToken, UNDO_LIFETIME);
                    acts.record("user.email_change_requested", user.id());
                });
    }

    private void keep(JdbcClient jdbc, User user, String newEmail, String token, String undoToken) {
        Instant now = clock.instant();
        jdbc.sql("DELETE FROM email_change WHERE user_id = :user AND confirmed_at IS NULL")
                .param("user", user.id())
                .update();
        jdbc.sql(
                        """
                        INSERT INTO email_change (token_hash, undo_hash, user_id, old_email,
                            new_email, created_at, expires_at, undo_until)
                        VALUES (:hash, :undo, :user, :old, :new, :now, :expires, :undo_until)
                        """)
                .param("hash", Tokens.hash(token))
                .param("undo", Tokens.hash(undoToken))
                .param("user", user.id())
                .param("old", user.email())
                .param("new", newEmail)
                .param("now", Columns.timestamp(now))
                .param("expires", Columns.timestamp(now.plus(LIFETIME)))
                .param("undo_until", Columns.timestamp(now.plus(UNDO_LIFETIME)))
                .update();
    }

    /**
     * @param email to sign in with from now on
     * @param given the one that is given up for it
     */
    private record Change(
            UUID userId, String email, String given, boolean isConfirmed, Instant createdAt) {}

    void confirm(String token) {
        platform.run(
                jdbc -> {
                    Change change =
                            use(
                                    jdbc,
                                    """
                                    UPDATE email_change SET confirmed_at = :now
                                     WHERE token_hash = :hash AND confirmed_at IS NULL
                                       AND undone_at IS NULL AND expires_at > :now
                                    RETURNING user_id, new_email AS email, old_email AS given,
                                        true AS is_confirmed, created_at
                                    """,
                                    token);
                    set(jdbc, change);
                    acts.record("user.email_changed", change.userId());
                });
    }

    /**
     * Who undoes it did not want it: somebody else knew the password. Whoever is signed in is put
     * out, and what was asked for or added since then goes too, or they could go on from there, or
     * come back.
     */
    void undo(String undoToken) {
        String uselessHash = passwords.hash(Tokens.fresh());
        platform.run(
                jdbc -> {
                    Change change =
                            use(
                                    jdbc,
                                    """
                                    UPDATE email_change SET undone_at = :now
                                     WHERE undo_hash = :hash AND undone_at IS NULL
                                       AND undo_until > :now
                                    RETURNING user_id, old_email AS email, new_email AS given,
                                        confirmed_at IS NOT NULL AS is_confirmed, created_at
                                    """,
                                    undoToken);
                    if (change.isConfirmed()) {
                        set(jdbc, change);
                    }
                    endLater(jdbc, undoToken);
                    intrusion.end(change.userId(), change.createdAt(), uselessHash);
                    events.publishEvent(new EmailChangeUndone(change.userId(), change.createdAt()));
                    resets.sendAfterUndoing(users.get(change.userId()));
                    acts.record("user.email_change_undone", change.userId());
                });
    }

    private void endLater(JdbcClient jdbc, String undoToken) {
        jdbc.sql(
                        """
                        UPDATE email_change AS later SET undone_at = :now FROM email_change AS undone
                         WHERE undone.undo_hash = :hash AND later.user_id = undone.user_id
                           AND later.created_at >= undone.created_at AND later.undone_at IS NULL
                        """)
                .param("now", Columns.timestamp(clock.instant()))
                .param("hash", Tokens.hash(undoToken))
                .update();
    }

    private Change use(JdbcClient jdbc, String update, String token) {
        // First, as everybody does who changes something about a person
        jdbc.sql("SELECT user_id FROM email_change WHERE :hash IN (token_hash, undo_hash)")
                .param("hash", Tokens.hash(token))
                .query(UUID.class)
                .optional()
                .ifPresent(userId -> Users.lock(jdbc, userId));
        return jdbc.sql(update)
                .param("now", Columns.timestamp(clock.instant()))
                .param("hash", Tokens.hash(token))
                .query(
                        (row, number) ->
                                new Change(
                                        Columns.uuid(row, "user_id"),
                                        row.getString("email"),
                                        row.getString("given"),
                                        row.getBoolean("is_confirmed"),
                                        Columns.instant(row, "created_at")))
                .optional()
                .orElseThrow(() -> Problem.invalid("token", "This link was used or has run out"));
    }

    /** Links to set a password went to the address before, and are worth nothing any more. */
    private void set(JdbcClient jdbc, Change change) {
        Users.lockAddresses(jdbc, change.email(), change.given());
        if (users.isKept(jdbc, change.email(), change.userId())) {
            throw taken();
        }
        try {
            jdbc.sql(
                            """
                            UPDATE app_user SET email = :email, email_verified_at = :now
                             WHERE id = :id
                            """)
                    .param("email", change.email())
                    .param("now", Columns.timestamp(clock.instant()))
                    .param("id", change.userId())
                    .update();
        } catch (DuplicateKeyException byNow) {
            throw taken();
        }
        jdbc.sql("DELETE FROM password_reset WHERE user_id = :id")
                .param("id", change.userId())
                .update();
    }

    private static Problem taken() {
        return Problem.conflict(
                "email_taken", "Somebody signs in with this address by now. Choose another");
    }
}
