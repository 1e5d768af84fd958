package com.igny8.identity;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.util.UUID;

/** New passwords: with each, all that was signed in by the old one ends. */
@Component
class PasswordChanges {
    private final PlatformTransactions platform;
    private final Users users;
    private final Passwords passwords;
    private final ActiveSessions sessions;
    private final SecurityLetters letters;
    private final OwnActs acts;
    private final Clock clock;

    PasswordChanges(
            PlatformTransactions platform,
            Users users,
            Passwords passwords,
            ActiveSessions sessions,
            SecurityLetters letters,
            OwnActs acts,
            Clock clock) {
        this.platform = platform;
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.letters = letters;
        this.acts = acts;
        this.clock = clock;
    }

    /** For who is signed in and knows the present one; their own session goes on. */
    void change(SignedIn signedIn, String currentPassword, String newPassword) {
        User user = signedIn.user();
        users.requirePassword(user, "current_password", currentPassword);
        PasswordRules.check("new_password", newPassword, user.email());
        String hash = passwords.hash(newPassword);
        platform.run(
                jdbc -> {
                    Users.lockUnlessEnded(jdbc, user);
                    set(user, hash, signedIn.sessionId());
                });
    }

    /**
     * In the transaction that is there. Another address that was asked for with the password before
     * is forgotten: it may have been a thief who did, and the address theirs.
     *
     * @param sessionToKeep that of who changes it; null where nobody is signed in
     */
    void set(User user, String hash, @Nullable UUID sessionToKeep) {
        platform.run(
                jdbc -> {
                    jdbc.sql("UPDATE app_user SET password_hash = :hash WHERE id = :id")
                            .param("hash", hash)
                            .param("id", user.id())
                            .update();
                    jdbc.sql(
                                    """
                                    UPDATE password_reset SET used_at = :now
                                     WHERE user_id = :id AND used_at IS NULL
                                    """)
                            .param("now", Columns.timestamp(clock.instant()))
                            .param("id", user.id())
                            .update();
                    jdbc.sql(
                                    """
                                    DELETE FROM email_change
                                     WHERE user_id = :id AND confirmed_at IS NULL
                                    """)
                            .param("id", user.id())
                            .update();
                });
        sessions.endAllBut(user.id(), sessionToKeep);
        letters.passwordChanged(user);
        acts.record("user.password_changed", user.id());
    }
}
