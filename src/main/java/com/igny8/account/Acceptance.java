package com.igny8.account;

import com.igny8.identity.Tokens;
import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** The other end of an invitation: what its link offers, and taking it. */
@Component
public class Acceptance {
    private final PlatformTransactions platform;
    private final TenantTransactions tenants;
    private final Accounts accounts;
    private final PlanInForce plans;
    private final Users users;
    private final AuditLog auditLog;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Acceptance(
            PlatformTransactions platform,
            TenantTransactions tenants,
            Accounts accounts,
            PlanInForce plans,
            Users users,
            AuditLog auditLog,
            ApplicationEventPublisher events,
            Clock clock) {
        this.platform = platform;
        this.tenants = tenants;
        this.accounts = accounts;
        this.plans = plans;
        this.users = users;
        this.auditLog = auditLog;
        this.events = events;
        this.clock = clock;
    }

    private record Found(Offer offer, boolean isAccepted, boolean isRevoked, boolean isExpired) {}

    /** What a link offers; where it offers nothing any more, a refusal that says why. */
    public Offer offer(String token) {
        Found found =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT invitation.*, account.name AS account_name,
                                                       first_name, last_name,
                                                       app_user.email AS inviter_email,
                                                       is_operator AS is_staffs,
                                                       expires_at <= :now AS is_expired
                                                  FROM invitation
                                                  JOIN account ON account.id = account_id
                                                  JOIN app_user ON app_user.id = invited_by
                                                 WHERE token_hash = :hash AND deleted_at IS NULL
                                                """)
                                        .param("now", Columns.timestamp(clock.instant()))
                                        .param("hash", Tokens.hash(token))
                                        .query(Acceptance::found)
                                        .optional()
                                        .orElseThrow(() -> Problem.notFound("Invitation")));
        if (found.isAccepted()) {
            throw Problem.conflict("invitation_accepted", "This invitation was accepted already");
        }
        if (found.isRevoked()) {
            throw Problem.conflict(
                    "invitation_revoked", "This invitation was taken back by who sent it");
        }
        if (found.isExpired()) {
            throw Problem.conflict(
                    "invitation_expired",
                    "This invitation has run out. Ask for it to be sent again");
        }
        return found.offer();
    }

    /** Takes the seat, in the transaction that is there; once, whoever tries how often. */
    public Offer accept(String token, User user) {
        Offer offer = offer(token);
        if (!offer.isFor(user)) {
            throw Problem.forbidden(
                    "wrong_user",
                    "This invitation is for %s. Sign in as them to accept it"
                            .formatted(offer.email()));
        }
        Caller newcomer =
                new Caller(offer.accountId(), user.id(), offer.role(), Caller.Via.SESSION);
        platform.run(
                jdbc -> {
                    users.confirmEmail(user.id());
                    Tenancy.as(
                            newcomer,
                            () -> {
                                tenants.run(sql -> take(sql, offer, token));
                                return true;
                            });
                });
        return offer;
    }

    private void take(AccountSql sql, Offer offer, String token) {
        accounts.lockForLimits();
        markAccepted(sql, offer, token);
        requireRoom(sql);
        UUID userId = Tenancy.caller().userId();
        int seated =
                sql.statement(
                                """
                                INSERT INTO member
                                    (account_id, user_id, role, created_at, last_used_at)
                                VALUES (:account_id, :user, :role, :now, :now)
                                ON CONFLICT (account_id, user_id) DO NOTHING
                                """)
                        .param("user", userId)
                        .param("role", offer.role().key())
                        .param("now", Columns.timestamp(clock.instant()))
                        .update();
        if (seated == 0) {
            throw Problem.conflict("already_member", "You are a member of this account already");
        }
        auditLog.record(
                "invitation.accepted",
                "invitation:" + offer.invitationId(),
                Map.of("email", offer.email(), "role", offer.role().key()));
        events.publishEvent(
                new MemberJoined(offer.accountId(), userId, offer.invitedBy(), offer.siteIds()));
    }

    /** Under the lock: what the link offered may be gone by now. */
    private void markAccepted(AccountSql sql, Offer offer, String token) {
        int accepted =
                sql.statement(
                                """
                                UPDATE invitation SET accepted_at = :now, accepted_by = :user
                                 WHERE account_id = :account_id AND id = :id AND token_hash = :hash
                                   AND accepted_at IS NULL AND revoked_at IS NULL
                                   AND expires_at > :now
                                """)
                        .param("now", Columns.timestamp(clock.instant()))
                        .param("user", Tenancy.caller().userId())
                        .param("id", offer.invitationId())
                        .param("hash", Tokens.hash(token))
                        .update();
        if (accepted == 0) {
            throw Problem.conflict(
                    "invitation_gone", "This invitation was accepted or taken back just now");
        }
    }

    /** The plan may have been changed for a smaller one since: then who comes first gets in. */
    private void requireRoom(AccountSql sql) {
        long members =
                sql.statement("SELECT count(*) FROM member WHERE account_id = :account_id")
                        .query(Long.class)
                        .single();
        new SeatCount(members, 0, plans.currentPlan()).requireRoom();
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        String name = (row.getString("first_name") + ' ' + row.getString("last_name")).strip();
        Offer offer =
                new Offer(
                        Columns.uuid(row, "id"),
                        Columns.uuid(row, "account_id"),
                        row.getString("account_name"),
                        row.getString("email"),
                        Role.of(row.getString("role")),
                        Columns.uuids(row, "site_ids"),
                        Columns.uuid(row, "invited_by"),
                        row.getBoolean("is_staffs")
                                ? Offer.STAFF
                                : name.isEmpty() ? row.getString("inviter_email") : name);
        return new Found(
                offer,
                row.getObject("accepted_at") != null,
                row.getObject("revoked_at") != null,
                row.getBoolean("is_expired"));
    }
}
