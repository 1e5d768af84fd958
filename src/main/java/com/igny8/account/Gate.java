package com.igny8.account;

import com.igny8.identity.SignedIn;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Confinement;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Scope;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides whether somebody may use an account: the one place that does, asked anew by every way in
 * (session, token, API key, job, stream), so that a suspension takes effect at once.
 */
@Component
public class Gate {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 20_000;

    private final PlatformTransactions platform;
    private final Clock clock;
    private final Remembered<Asked, Standing> standings;

    Gate(PlatformTransactions platform, AccessChanges changes, Clock clock) {
        this.platform = platform;
        this.clock = clock;
        this.standings = changes.memory(MOST_REMEMBERED);
    }

    /** Who wants to come in, where and by what. */
    private record Asked(
            Entrance entrance, UUID userId, UUID accountId, @Nullable String apiKeyId) {}

    /**
     * What the gate says.
     *
     * @param caller who comes in; present for a member, refused or not
     * @param refusal why they may not use the account; absent where they may
     */
    public record Verdict(Optional<Caller> caller, Optional<Problem> refusal) {
        static Verdict refused(Problem refusal) {
            return new Verdict(Optional.empty(), Optional.of(refusal));
        }

        /** The caller; throws the refusal where there is one. */
        Caller admitted() {
            refusal.ifPresent(
                    problem -> {
                        throw problem;
                    });
            return caller.orElseThrow();
        }
    }

    /** By what somebody has a place in an account, as SQL that finds it. */
    private enum Entrance {
        SEAT(
                """
                SELECT member.role, NOT app_user.is_active AS is_off, false AS site_is_deleted,
                       NULL AS key_id, NULL::uuid AS site_id, NULL::text[] AS scopes,
                       NULL::timestamptz AS expires_at
                  FROM member JOIN app_user ON app_user.id = member.user_id
                 WHERE member.account_id = :account AND member.user_id = :user
                """),
        API_KEY(
                """
                SELECT 'editor' AS role,
                       revoked_at IS NOT NULL OR coalesce(expires_at <= :now, false) AS is_off,
                       site.deleted_at IS NOT NULL AS site_is_deleted,
                       api_key.id AS key_id, site_id, scopes, expires_at
                  FROM api_key JOIN site ON site.account_id = api_key.account_id
                                        AND site.id = api_key.site_id
                 WHERE api_key.account_id = :account AND api_key.id = :key
                """),
        IMPERSONATION(
                """
                SELECT 'owner' AS role, NOT is_active AS is_off, false AS site_is_deleted,
                       NULL AS key_id, NULL::uuid AS site_id, NULL::text[] AS scopes,
                       NULL::timestamptz AS expires_at
                  FROM app_user WHERE id = :user AND is_operator
                """);

        private final String sql;

        Entrance(String sql) {
            this.sql = sql;
        }
    }

    /**
     * How somebody and an account stand.
     *
     * @param isOff whether the user, or the key, is good for nothing any more
     */
    private record Standing(
            Role role,
            @Nullable Confinement confinement,
            boolean isOff,
            boolean siteIsDeleted,
            @Nullable Instant expiresAt,
            AccountStatus status,
            boolean isSystem,
            boolean isDeleted,
            @Nullable UUID planId,
            boolean planIsActive) {}

    /** Asks for whoever sent a request. */
    Verdict ask(SignedIn who) {
        return ask(who.user().id(), who.actingAccountId(), who.via(), who.apiKeyId());
    }

    /** Asks for a user on an account they hold, or think they hold, a seat in. */
    public Verdict ask(UUID userId, @Nullable UUID accountId, Caller.Via via) {
        return ask(userId, accountId, via, null);
    }

    /** Asks for a user, or for the API key that is named: then the user is the system's bot. */
    Verdict ask(UUID userId, @Nullable UUID accountId, Caller.Via via, @Nullable String apiKeyId) {
        if (accountId == null) {
            return Verdict.refused(accountMissing());
        }
        Entrance entrance =
                apiKeyId != null
                        ? Entrance.API_KEY
                        : via == Caller.Via.IMPERSONATION ? Entrance.IMPERSONATION : Entrance.SEAT;
        Asked asked = new Asked(entrance, userId, accountId, apiKeyId);
        return standings
                .get(asked, () -> standing(asked).map(standing -> fact(asked, standing)))
                .map(
                        standing ->
                                new Verdict(
                                        Optional.of(
                                                new Caller(
                                                        accountId,
                                                        userId,
                                                        standing.role(),
                                                        via,
                                                        standing.confinement())),
                                        Optional.ofNullable(refusal(standing))))
                .orElseGet(() -> Verdict.refused(accountMissing()));
    }

    private Remembered.Fact<Standing> fact(Asked asked, Standing standing) {
        Instant until = clock.instant().plus(LONGEST);
        Instant expiresAt = standing.expiresAt();
        UUID planId = standing.planId();
        return new Remembered.Fact<>(
                standing,
                expiresAt != null && expiresAt.isBefore(until) ? expiresAt : until,
                planId == null
                        ? Set.of(asked.accountId(), asked.userId())
                        : Set.of(asked.accountId(), asked.userId(), planId));
    }

    /** One query over several rooms' tables, on purpose: it is asked at every request. */
    private Optional<Standing> standing(Asked asked) {
        return platform.query(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT entrance.*, account.status, account.is_system,
                                               account.deleted_at IS NOT NULL AS is_deleted,
                                               plan.id AS plan_id,
                                               coalesce(plan.is_active, false) AS plan_is_active
                                          FROM (%s) AS entrance
                                          JOIN account ON account.id = :account
                                          LEFT JOIN subscription
                                            ON subscription.account_id = account.id
                                           AND subscription.status <> 'canceled'
                                          LEFT JOIN plan ON plan.id = subscription.plan_id
                                        """
                                                .formatted(asked.entrance().sql))
                                .param("account", asked.accountId())
                                .param("user", asked.userId())
                                .param("key", asked.apiKeyId())
                                .param("now", Columns.timestamp(clock.instant()))
                                .query(Gate::standing)
                                .optional());
    }

    private static Standing standing(ResultSet row, int number) throws SQLException {
        return new Standing(
                Role.of(row.getString("role")),
                confinement(row),
                row.getBoolean("is_off"),
                row.getBoolean("site_is_deleted"),
                Columns.instantOrNull(row, "expires_at"),
                AccountStatus.of(row.getString("status")),
                row.getBoolean("is_system"),
                row.getBoolean("is_deleted"),
                Columns.uuidOrNull(row, "plan_id"),
                row.getBoolean("plan_is_active"));
    }

    private static @Nullable Confinement confinement(ResultSet row) throws SQLException {
        String keyId = row.getString("key_id");
        if (keyId == null) {
            return null;
        }
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        Columns.strings(row, "scopes").forEach(name -> Scope.of(name).ifPresent(scopes::add));
        return new Confinement(keyId, Columns.uuid(row, "site_id"), scopes);
    }

    private static @Nullable Problem refusal(Standing standing) {
        if (standing.isDeleted()) {
            return Problem.forbidden("account_deleted", "This account has been deleted");
        }
        Problem refusal =
                switch (standing.status()) {
                    case SUSPENDED ->
                            Problem.forbidden(
                                    "account_suspended",
                                    "This account is suspended. Its owner can see billing and pay");
                    case CANCELLED ->
                            Problem.forbidden(
                                    "account_cancelled", "This account has been cancelled");
                    case TRIAL, ACTIVE, PENDING_PAYMENT -> planRefusal(standing);
                };
        return refusal == null ? entranceRefusal(standing) : refusal;
    }

    private static @Nullable Problem planRefusal(Standing standing) {
        if (standing.isSystem()) {
            return Problem.forbidden(
                    "customers_only",
                    "This shows a customer's account. Open one in the console, and look as its"
                            + " owner");
        }
        if (standing.planId() == null) {
            return Problem.of(402, "plan_missing", "This account has no plan");
        }
        return standing.planIsActive()
                ? null
                : Problem.of(402, "plan_inactive", "The plan of this account is not active");
    }

    /** What authentication says of a request too, but nobody says of a job or a stream. */
    private static @Nullable Problem entranceRefusal(Standing standing) {
        if (standing.isOff()) {
            return standing.confinement() == null
                    ? Problem.forbidden("user_inactive", "This user is turned off")
                    : Problem.unauthenticated(
                            "api_key_revoked", "This API key is not good any more");
        }
        return standing.siteIsDeleted()
                ? Problem.forbidden("site_deleted", "The site of this API key has been deleted")
                : null;
    }

    static Problem accountMissing() {
        return Problem.forbidden("account_missing", "You have no seat in this account");
    }
}
