package com.igny8.account;

import com.igny8.catalog.Plan;
import com.igny8.identity.Tokens;
import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The seats that the bound account offers to people, for their admins. What an inviter is told does
 * not depend on whether somebody with that address is known.
 */
@Component
public class Invitations {
    static final Duration LIFETIME = Duration.ofDays(7);

    /** So that nobody's mail box is filled by pressing a button. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final Members members;
    private final PlanInForce plans;
    private final Users users;
    private final InvitationLetters letters;
    private final AuditLog auditLog;
    private final Clock clock;

    Invitations(
            TenantTransactions transactions,
            Accounts accounts,
            Members members,
            PlanInForce plans,
            Users users,
            InvitationLetters letters,
            AuditLog auditLog,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.members = members;
        this.plans = plans;
        this.users = users;
        this.letters = letters;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Offers a seat by mail, if the plan has one left. */
    public Invitation invite(Invitation.Draft draft) {
        Tenancy.caller().require(Role.ADMIN);
        String email = draft.email();
        Optional<User> known = users.find(email);
        Sender sender = sender();
        return transactions.write(
                sql -> {
                    members.lock(Role.ADMIN);
                    requireNoMember(sql, known);
                    requireNotInvited(sql, email);
                    requireSites(sql, draft.siteIds());
                    seatCount(sql).requireRoom();
                    letters.requireFewTo(sql, email);
                    String token = Tokens.fresh();
                    Invitation invitation = insert(sql, draft, token);
                    letters.invitation(invitation, token, sender);
                    auditLog.record(
                            "invitation.sent",
                            "invitation:" + invitation.id(),
                            Map.of(
                                    "email",
                                    email,
                                    "role",
                                    draft.role().key(),
                                    "sites",
                                    draft.siteIds()));
                    return invitation;
                });
    }

    /** Who invites to what. */
    record Sender(User user, Account account) {
        /** Which of the staff it was is not for customers. */
        String name() {
            return user.isOperator() ? Offer.STAFF : user.displayName();
        }

        String nameAndAddress() {
            return user.isOperator() ? Offer.STAFF : name() + " (" + user.email() + ")";
        }
    }

    private Sender sender() {
        return new Sender(users.get(Tenancy.caller().userId()), accounts.current());
    }

    private static void requireNoMember(AccountSql sql, Optional<User> known) {
        boolean isMember =
                known.isPresent()
                        && sql.statement(
                                        """
                                        SELECT EXISTS (SELECT FROM member
                                            WHERE account_id = :account_id AND user_id = :user)
                                        """)
                                .param("user", known.get().id())
                                .query(Boolean.class)
                                .single();
        if (isMember) {
            throw Problem.conflict("already_member", "They are a member of this account already");
        }
    }

    /** One that has run out makes way for the new one. */
    private void requireNotInvited(AccountSql sql, String email) {
        sql.statement(
                        """
                        UPDATE invitation SET revoked_at = :now
                         WHERE account_id = :account_id AND lower(email) = lower(:email)
                           AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at <= :now
                        """)
                .param("email", email)
                .param("now", now())
                .update();
        boolean isInvited =
                sql.statement(
                                """
                                SELECT EXISTS (SELECT FROM invitation
                                    WHERE account_id = :account_id AND lower(email) = lower(:email)
                                      AND accepted_at IS NULL AND revoked_at IS NULL)
                                """)
                        .param("email", email)
                        .query(Boolean.class)
                        .single();
        if (isInvited) {
            throw Problem.conflict(
                    "already_invited", "They are invited already; the mail can be sent again");
        }
    }

    /** Looks into a table of a later room, on purpose: nothing is promised that is not there. */
    private static void requireSites(AccountSql sql, List<UUID> siteIds) {
        long there =
                sql.statement(
                                """
                                SELECT count(*) FROM site
                                 WHERE account_id = :account_id AND id = ANY (:sites)
                                   AND deleted_at IS NULL
                                """)
                        .param("sites", siteIds.toArray(UUID[]::new))
                        .query(Long.class)
                        .single();
        if (there < siteIds.size()) {
            throw Problem.notFound("Site");
        }
    }

    private Invitation insert(AccountSql sql, Invitation.Draft draft, String token) {
        return sql.statement(
                        """
                        INSERT INTO invitation (account_id, email, role, site_ids, token_hash,
                            invited_by, created_at, sent_at, expires_at)
                        VALUES (:account_id, :email, :role, :sites, :hash, :user, :now, :now,
                            :expires)
                        RETURNING *
                        """)
                .param("email", draft.email())
                .param("role", draft.role().key())
                .param("sites", draft.siteIds().toArray(UUID[]::new))
                .param("hash", Tokens.hash(token))
                .param("user", Tenancy.caller().userId())
                .param("now", now())
                .param("expires", Columns.timestamp(clock.instant().plus(LIFETIME)))
                .query(Invitations::invitation)
                .single();
    }

    /** Those nobody accepted yet, the youngest first; also those whose link has run out. */
    public List<Invitation> open() {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM invitation
                                         WHERE account_id = :account_id
                                           AND accepted_at IS NULL AND revoked_at IS NULL
                                         ORDER BY created_at DESC, id DESC
                                        """)
                                .query(Invitations::invitation)
                                .list());
    }

    /** For admins: how many seats are in use. */
    public SeatCount seatCount() {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(this::seatCount);
    }

    private SeatCount seatCount(AccountSql sql) {
        Plan plan = plans.currentPlan();
        return sql.statement(
                        """
                        SELECT (SELECT count(*) FROM member WHERE account_id = :account_id)
                                   AS members,
                               (SELECT count(*) FROM invitation WHERE account_id = :account_id
                                   AND accepted_at IS NULL AND revoked_at IS NULL
                                   AND expires_at > :now) AS invited
                        """)
                .param("now", now())
                .query(
                        (row, number) ->
                                new SeatCount(row.getLong("members"), row.getLong("invited"), plan))
                .single();
    }

    /** Sends the mail again, with a new link that is good for as long; the old one is not. */
    public Invitation resend(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        Sender sender = sender();
        return transactions.write(
                sql -> {
                    members.lock(Role.ADMIN);
                    Invitation invitation = require(sql, id);
                    if (invitation.sentAt().plus(PAUSE).isAfter(clock.instant())) {
                        throw Problem.conflict(
                                "sent_just_now",
                                "It was sent less than a minute ago: give it time to arrive");
                    }
                    letters.requireFewTo(sql, invitation.email());
                    if (invitation.isExpired(clock.instant())) {
                        seatCount(sql).requireRoom(); // It does not hold its seat any more
                    }
                    String token = Tokens.fresh();
                    Invitation renewed = renew(sql, id, token);
                    letters.invitation(renewed, token, sender);
                    auditLog.record(
                            "invitation.sent_again",
                            "invitation:" + id,
                            Map.of("email", renewed.email()));
                    return renewed;
                });
    }

    private Invitation renew(AccountSql sql, UUID id, String token) {
        return sql.statement(
                        """
                        UPDATE invitation
                           SET token_hash = :hash, sent_at = :now, expires_at = :expires
                         WHERE account_id = :account_id AND id = :id
                        RETURNING *
                        """)
                .param("hash", Tokens.hash(token))
                .param("now", now())
                .param("expires", Columns.timestamp(clock.instant().plus(LIFETIME)))
                .param("id", id)
                .query(Invitations::invitation)
                .single();
    }

    /** Takes the offer back; its link is worth nothing from now on. */
    public Invitation revoke(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    members.lock(Role.ADMIN);
                    Invitation invitation = require(sql, id);
                    sql.statement(
                                    """
                                    UPDATE invitation SET revoked_at = :now
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("now", now())
                            .param("id", id)
                            .update();
                    auditLog.record(
                            "invitation.revoked",
                            "invitation:" + id,
                            Map.of("email", invitation.email()));
                    return invitation;
                });
    }

    private static Invitation require(AccountSql sql, UUID id) {
        return sql.statement(
                        """
                        SELECT * FROM invitation
                         WHERE account_id = :account_id AND id = :id
                           AND accepted_at IS NULL AND revoked_at IS NULL
                        """)
                .param("id", id)
                .query(Invitations::invitation)
                .optional()
                .orElseThrow(() -> Problem.notFound("Invitation"));
    }

    private @Nullable OffsetDateTime now() {
        return Columns.timestamp(clock.instant());
    }

    private static Invitation invitation(ResultSet row, int number) throws SQLException {
        return new Invitation(
                Columns.uuid(row, "id"),
                row.getString("email"),
                Role.of(row.getString("role")),
                Columns.uuids(row, "site_ids"),
                Columns.uuid(row, "invited_by"),
                Columns.instant(row, "sent_at"),
                Columns.instant(row, "expires_at"));
    }
}
