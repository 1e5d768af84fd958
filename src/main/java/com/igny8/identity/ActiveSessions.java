package com.igny8.identity;

import com.igny8.kernel.NetworkAddress;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where a person is signed in: browsers, and programs with tokens. Whatever account they act on.
 */
@Component
class ActiveSessions {
    private final PlatformTransactions platform;
    private final OwnActs acts;
    private final Clock clock;

    ActiveSessions(PlatformTransactions platform, OwnActs acts, Clock clock) {
        this.platform = platform;
        this.acts = acts;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param place the address it was last heard of from, as far as it tells
     */
    record ActiveSession(
            UUID id,
            boolean isBrowser,
            String device,
            String place,
            Instant createdAt,
            Instant lastSeenAt,
            boolean isCurrent) {
        /** The place, to be read; null where nobody knows. */
        public @Nullable String placeInWords() {
            return NetworkAddress.inWords(place);
        }
    }

    /** Those that would be let in now, last seen first. */
    List<ActiveSession> of(SignedIn signedIn) {
        Instant now = clock.instant();
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT id, true AS is_browser, user_agent, address,
                                               created_at, last_seen_at
                                          FROM web_session
                                         WHERE user_id = :user AND revoked_at IS NULL
                                           AND expires_at > :now AND last_seen_at > :idle
                                        UNION ALL
                                        SELECT family_id, false, user_agent, address,
                                               signed_in_at, created_at
                                          FROM refresh_token
                                         WHERE user_id = :user AND revoked_at IS NULL
                                           AND rotated_at IS NULL AND expires_at > :now
                                         ORDER BY last_seen_at DESC, id
                                        """)
                                .param("user", signedIn.user().id())
                                .param("now", Columns.timestamp(now))
                                .param("idle", Columns.timestamp(now.minus(WebSessions.IDLE_LIMIT)))
                                .query((row, number) -> session(row, signedIn.sessionId()))
                                .list());
    }

    private static ActiveSession session(ResultSet row, UUID current) throws SQLException {
        UUID id = Columns.uuid(row, "id");
        return new ActiveSession(
                id,
                row.getBoolean("is_browser"),
                Device.inWords(row.getString("user_agent")),
                row.getString("address"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "last_seen_at"),
                id.equals(current));
    }

    /** Ends one of a person's own, at once; another's is not found. */
    void end(User user, UUID id) {
        platform.run(
                jdbc -> {
                    Users.lock(jdbc, user.id());
                    int ended =
                            revoke(jdbc, "web_session", "id = :id", user.id(), id)
                                    + revoke(
                                            jdbc,
                                            "refresh_token",
                                            "family_id = :id",
                                            user.id(),
                                            id);
                    if (ended == 0) {
                        throw Problem.notFound("Session");
                    }
                    acts.record("user.session_ended", user.id());
                });
    }

    /** Ends all of a person's but the one they do it from. */
    void endOthers(SignedIn signedIn) {
        platform.run(
                jdbc -> {
                    endAllBut(signedIn.user().id(), signedIn.sessionId());
                    acts.record("user.sessions_ended", signedIn.user().id());
                });
    }

    /**
     * Ends all of a person's at once, and whatever sign-in is half done; in the transaction there.
     */
    void endAllBut(UUID userId, @Nullable UUID kept) {
        platform.run(
                jdbc -> {
                    jdbc.sql(
                                    """
                                    UPDATE app_user SET sign_ins_ended = sign_ins_ended + 1
                                     WHERE id = :user
                                    """)
                            .param("user", userId)
                            .update();
                    revoke(jdbc, "web_session", "id IS DISTINCT FROM :id", userId, kept);
                    revoke(jdbc, "refresh_token", "family_id IS DISTINCT FROM :id", userId, kept);
                    jdbc.sql("DELETE FROM sign_in_challenge WHERE user_id = :user")
                            .param("user", userId)
                            .update();
                });
    }

    private int revoke(
            JdbcClient jdbc, String table, String which, UUID userId, @Nullable UUID id) {
        return jdbc.sql(
                        "UPDATE %s SET revoked_at = :now WHERE user_id = :user AND revoked_at IS NULL"
                                        .formatted(table)
                                + " AND "
                                + which.replace(":id", ":id::uuid"))
                .param("now", Columns.timestamp(clock.instant()))
                .param("user", userId)
                .param("id", id)
                .update();
    }
}
