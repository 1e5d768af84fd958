package com.igny8.identity;

import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Browsers that are signed in. The cookie holds the token, the database its hash. */
@Component
public class WebSessions {
    static final Duration LIFETIME = Duration.ofDays(30);

    /** To the minute: a look at an account ends by itself, should the operator forget. */
    public static final Duration IMPERSONATION_LIMIT = Duration.ofMinutes(60);

    static final Duration IDLE_LIMIT = Duration.ofDays(7);
    private static final Duration SEEN_PRECISION = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 20_000;

    private final PlatformTransactions platform;
    private final Clock clock;
    private final Remembered<ByteBuffer, SignedIn> known;

    WebSessions(PlatformTransactions platform, AccessChanges changes, Clock clock) {
        this.platform = platform;
        this.clock = clock;
        this.known = changes.memory(MOST_REMEMBERED);
    }

    /** A new session at each sign-in, so that one planted before it is worth nothing. */
    public String start(User user, @Nullable UUID accountId, String userAgent, String address) {
        Client client = Client.of(userAgent, address);
        String token = Tokens.fresh();
        Instant now = clock.instant();
        platform.run(
                jdbc -> {
                    Users.lockUnlessEnded(jdbc, user);
                    jdbc.sql(
                                    """
                                    INSERT INTO web_session (token_hash, user_id,
                                        acting_account_id, user_agent, address,
                                        created_at, last_seen_at, expires_at)
                                    VALUES (:hash, :user, :account, :agent, :address,
                                        :now, :now, :expires)
                                    """)
                            .param("hash", Tokens.hash(token))
                            .param("user", user.id())
                            .param("account", accountId)
                            .param("agent", client.userAgent())
                            .param("address", client.address())
                            .param("now", Columns.timestamp(now))
                            .param("expires", Columns.timestamp(now.plus(LIFETIME)))
                            .update();
                });
        return token;
    }

    /** A token that looks like one of a session, and is none. */
    public static String worthless() {
        return Tokens.fresh();
    }

    /** Who the cookie stands for, if its session is still good. */
    Optional<SignedIn> find(String token) {
        byte[] hash = Tokens.hash(token);
        return known.get(ByteBuffer.wrap(hash), () -> lookUp(hash));
    }

    private Optional<Remembered.Fact<SignedIn>> lookUp(byte[] hash) {
        Instant now = clock.instant();
        Optional<SignedIn> found =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT app_user.*, web_session.id AS session_id,
                                                       acting_account_id,
                                                       CASE WHEN is_operator
                                                             AND impersonation_ends_at > :now
                                                            THEN impersonated_account_id
                                                       END AS impersonated_account_id
                                                  FROM web_session
                                                  JOIN app_user ON app_user.id = user_id
                                                 WHERE token_hash = :hash AND revoked_at IS NULL
                                                   AND expires_at > :now AND last_seen_at > :idle
                                                   AND is_active
                                                """)
                                        .param("hash", hash)
                                        .param("now", Columns.timestamp(now))
                                        .param("idle", Columns.timestamp(now.minus(IDLE_LIMIT)))
                                        .query(WebSessions::signedIn)
                                        .optional());
        found.ifPresent(signedIn -> touch(signedIn.sessionId(), now));
        return found.map(
                who ->
                        new Remembered.Fact<>(
                                who,
                                now.plus(SEEN_PRECISION),
                                Set.of(who.user().id(), who.sessionId())));
    }

    private static SignedIn signedIn(ResultSet row, int number) throws SQLException {
        UUID impersonated = Columns.uuidOrNull(row, "impersonated_account_id");
        return new SignedIn(
                Users.user(row, number),
                impersonated == null ? Columns.uuidOrNull(row, "acting_account_id") : impersonated,
                Columns.uuid(row, "session_id"),
                impersonated == null ? Caller.Via.SESSION : Caller.Via.IMPERSONATION);
    }

    /** At most one write a minute: to know roughly when is enough. */
    private void touch(UUID sessionId, Instant now) {
        boolean stale =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT EXISTS (SELECT FROM web_session
                                                    WHERE id = :id AND last_seen_at < :before)
                                                """)
                                        .param("id", sessionId)
                                        .param(
                                                "before",
                                                Columns.timestamp(now.minus(SEEN_PRECISION)))
                                        .query(Boolean.class)
                                        .single());
        if (stale) {
            platform.run(
                    jdbc ->
                            jdbc.sql("UPDATE web_session SET last_seen_at = :now WHERE id = :id")
                                    .param("now", Columns.timestamp(now))
                                    .param("id", sessionId)
                                    .update());
        }
    }

    /**
     * Another token for a session, so that a copy of the old one is worth nothing any more; and
     * another id, so that streams opened with that copy end.
     */
    String renew(UUID sessionId) {
        String token = Tokens.fresh();
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE web_session SET token_hash = :hash, id = uuidv7()
                                         WHERE id = :id
                                        """)
                                .param("hash", Tokens.hash(token))
                                .param("id", sessionId)
                                .update());
        return token;
    }

    /** From now on the browser acts on this account; whether it may, the gate says. */
    public void actOn(UUID sessionId, @Nullable UUID accountId) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE web_session SET acting_account_id = :account
                                         WHERE id = :id
                                        """)
                                .param("account", accountId)
                                .param("id", sessionId)
                                .update());
    }

    /** Lets an operator's session look at an account as its owner does, until it is stopped. */
    public void impersonate(UUID sessionId, UUID accountId) {
        setImpersonated(sessionId, accountId, clock.instant().plus(IMPERSONATION_LIMIT));
    }

    /** The session is the operator's own again. */
    public void stopImpersonating(UUID sessionId) {
        setImpersonated(sessionId, null, null);
    }

    private void setImpersonated(
            UUID sessionId, @Nullable UUID accountId, @Nullable Instant endsAt) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE web_session
                                           SET impersonated_account_id = :account,
                                               impersonation_ends_at = :ends_at
                                         WHERE id = :id
                                        """)
                                .param("account", accountId)
                                .param("ends_at", Columns.timestamp(endsAt))
                                .param("id", sessionId)
                                .update());
    }

    /** Ends a session at once. */
    public void revoke(UUID sessionId) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE web_session SET revoked_at = :now
                                         WHERE id = :id AND revoked_at IS NULL
                                        """)
                                .param("now", Columns.timestamp(clock.instant()))
                                .param("id", sessionId)
                                .update());
    }
}
