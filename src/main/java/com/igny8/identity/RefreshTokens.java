package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Message;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecurityEvents;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Refresh tokens, each good for one use. All that descend from one sign-in are a family; whoever
 * shows a used one may be a thief or the victim, so the whole family ends.
 */
@Component
public class RefreshTokens {
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final PlatformTransactions platform;
    private final AccessTokens accessTokens;
    private final SecurityEvents securityEvents;
    private final Clock clock;

    RefreshTokens(
            PlatformTransactions platform,
            AccessTokens accessTokens,
            SecurityEvents securityEvents,
            Clock clock) {
        this.platform = platform;
        this.accessTokens = accessTokens;
        this.securityEvents = securityEvents;
        this.clock = clock;
    }

    /** What a client keeps after signing in. */
    public record Pair(String access, String refresh) {
        /** Not to be read in a log. */
        @Override
        public String toString() {
            return "Pair";
        }
    }

    private record Link(
            UUID id,
            UUID familyId,
            UUID userId,
            @Nullable UUID accountId,
            boolean used,
            boolean ended) {}

    /** Begins a family. */
    public Pair start(User user, @Nullable UUID accountId) {
        return platform.write(
                jdbc -> {
                    Message message = platform.message();
                    Users.lockUnlessEnded(message, user);
                    return issue(message, UUID.randomUUID(), user.id(), accountId);
                });
    }

    /** Changes a token for the next of its family and a new access token. */
    public Pair rotate(String token) {
        Optional<Pair> next =
                platform.write(
                        jdbc -> {
                            Link link = lock(jdbc, token);
                            if (link.used()) {
                                endFamily(jdbc, link.familyId());
                                securityEvents.ofPerson("sign_in.token_reused", link.userId());
                                return Optional.empty();
                            }
                            jdbc.sql("UPDATE refresh_token SET rotated_at = :now WHERE id = :id")
                                    .param("now", Columns.timestamp(clock.instant()))
                                    .param("id", link.id())
                                    .update();
                            return Optional.of(
                                    issue(
                                            platform.message(),
                                            link.familyId(),
                                            link.userId(),
                                            link.accountId()));
                        });
        // Refused after the commit, or the family's end would be rolled back with it
        return next.orElseThrow(RefreshTokens::invalid);
    }

    /**
     * A pair of the same family that acts on another account; whether it may, the gate says. The
     * refresh token before it is used up: who has an access token alone cannot make a sign-in of
     * their own from it without the other noticing.
     */
    public Pair actOn(UUID familyId, UUID userId, UUID accountId) {
        return platform.write(
                jdbc -> {
                    Users.lock(jdbc, userId);
                    int replaced =
                            jdbc.sql(
                                            """
                                            UPDATE refresh_token SET rotated_at = :now
                                             WHERE family_id = :family AND rotated_at IS NULL
                                               AND revoked_at IS NULL
                                            """)
                                    .param("now", Columns.timestamp(clock.instant()))
                                    .param("family", familyId)
                                    .update();
                    if (replaced == 0) {
                        throw invalid();
                    }
                    return issue(platform.message(), familyId, userId, accountId);
                });
    }

    private Link lock(JdbcClient jdbc, String token) {
        jdbc.sql("SELECT user_id FROM refresh_token WHERE token_hash = :hash")
                .param("hash", Tokens.hash(token))
                .query(UUID.class)
                .optional()
                .ifPresent(userId -> Users.lock(jdbc, userId));
        return jdbc.sql(
                        """
                        SELECT t.id, family_id, user_id, acting_account_id,
                               rotated_at IS NOT NULL AS used,
                               revoked_at IS NOT NULL OR expires_at <= :now OR NOT is_active
                                   AS ended
                          FROM refresh_token t JOIN app_user u ON u.id = user_id
                         WHERE token_hash = :hash FOR UPDATE OF t
                        """)
                .param("hash", Tokens.hash(token))
                .param("now", Columns.timestamp(clock.instant()))
                .query(
                        (row, number) ->
                                new Link(
                                        Columns.uuid(row, "id"),
                                        Columns.uuid(row, "family_id"),
                                        Columns.uuid(row, "user_id"),
                                        Columns.uuidOrNull(row, "acting_account_id"),
                                        row.getBoolean("used"),
                                        row.getBoolean("ended")))
                .optional()
                .filter(link -> !link.ended())
                .orElseThrow(RefreshTokens::invalid);
    }

    /** As the last of a message, which is sent. */
    private Pair issue(Message message, UUID familyId, UUID userId, @Nullable UUID accountId) {
        String token = Tokens.fresh();
        // Signed before it is sent: what takes so long is not for a time in which rows are locked
        Pair pair = new Pair(accessTokens.issue(userId, accountId, familyId), token);
        Client client = Client.current();
        Instant now = clock.instant();
        message.run(
                        """
                        INSERT INTO refresh_token (family_id, token_hash, user_id,
                            acting_account_id, user_agent, address, signed_in_at, created_at,
                            expires_at)
                        VALUES (:family, :hash, :user, :account, :agent, :address,
                            coalesce((SELECT min(signed_in_at) FROM refresh_token
                                       WHERE family_id = :family), :now), :now, :expires)
                        """)
                .param("family", familyId)
                .param("hash", Tokens.hash(token))
                .param("user", userId)
                .param("account", accountId)
                .param("agent", client.userAgent())
                .param("address", client.address())
                .param("now", Columns.timestamp(now))
                .param("expires", Columns.timestamp(now.plus(LIFETIME)))
                .send();
        return pair;
    }

    /** Ends all tokens of one sign-in, access tokens included. */
    public void revoke(UUID userId, UUID familyId) {
        platform.run(
                jdbc -> {
                    Users.lock(jdbc, userId);
                    endFamily(jdbc, familyId);
                });
    }

    private void endFamily(JdbcClient jdbc, UUID familyId) {
        jdbc.sql(
                        """
                        UPDATE refresh_token SET revoked_at = :now
                         WHERE family_id = :family AND revoked_at IS NULL
                        """)
                .param("now", Columns.timestamp(clock.instant()))
                .param("family", familyId)
                .update();
    }

    private static Problem invalid() {
        return Problem.unauthenticated(
                "refresh_token_invalid", "This refresh token is not good any more. Sign in again");
    }
}
