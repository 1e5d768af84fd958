package com.igny8.identity;

import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Browsers that are signed in. The cookie holds the token, the database its hash. */
@Component
public class WebSessions {
    static final Duration LIFETIME = Duration.ofDays(30);

    static final Duration IDLE_LIMIT = Duration.ofDays(7);

    private final PlatformTransactions platform;
    private final Clock clock;

    WebSessions(PlatformTransactions platform, Clock clock) {
        this.platform = platform;
        this.clock = clock;
    }

    /** A new session at each sign-in, so that one planted before it is worth nothing. */
    public String start(User user, @Nullable UUID accountId) {
        Client client = Client.current();
        String token = Tokens.fresh();
        Instant now = clock.instant();
        platform.run(
                jdbc ->
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
                                .update());
        return token;
    }

    /** A token that looks like one of a session, and is none. */
    public static String worthless() {
        return Tokens.fresh();
    }

    /** Who the cookie stands for, if its session is still good. */
    Optional<SignedIn> find(String token) {
        Instant now = clock.instant();
        byte[] hash = Tokens.hash(token);
        Optional<SignedIn> found =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT app_user.*, web_session.id AS session_id,
                                                       acting_account_id
                                                  FROM web_session
                                                  JOIN app_user ON app_user.id = user_id
                                                 WHERE token_hash = :hash AND revoked_at IS NULL
                                                   AND expires_at > :now AND last_seen_at > :idle
                                                   AND is_active
                                                """)
                                        .param("hash", hash)
                                        .param("now", Columns.timestamp(now))
                                        .param("idle", Columns.timestamp(now.minus(IDLE_LIMIT)))
                                        .query(
                                                (row, number) ->
                                                        new SignedIn(
                                                                Users.user(row, number),
                                                                Columns.uuidOrNull(
                                                                        row, "acting_account_id"),
                                                                Columns.uuid(row, "session_id"),
                                                                Caller.Via.SESSION))
                                        .optional());
        found.ifPresent(signedIn -> touch(signedIn.sessionId(), now));
        return found;
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
                                                Columns.timestamp(now.minus(Duration.ofMinutes(1))))
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

    /** Another token for a session, so that a copy of the old one is worth nothing any more. */
    String renew(UUID sessionId) {
        String token = Tokens.fresh();
        platform.run(
                jdbc ->
                        jdbc.sql("UPDATE web_session SET token_hash = :hash WHERE id = :id")
                                .param("hash", Tokens.hash(token))
                                .param("id", sessionId)
                                .update());
        return token;
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
