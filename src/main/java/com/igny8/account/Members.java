package com.igny8.account;

import static java.util.Objects.requireNonNull;

import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The people who hold a seat in the bound account; they go by the ids of their users. */
@Component
public class Members {
    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final Users users;
    private final AuditLog auditLog;
    private final Clock clock;

    Members(
            TenantTransactions transactions,
            Accounts accounts,
            Users users,
            AuditLog auditLog,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.users = users;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    record Seated(UUID userId, Role role, Instant joinedAt) {}

    /** For admins: all who hold a seat, the longest first. */
    public Page<Member> list(PageRequest page) {
        Tenancy.caller().require(Role.ADMIN);
        List<Member> matching =
                all().stream().filter(member -> member.matches(page.search())).toList();
        return new Page<>(
                matching.stream().skip(page.offset()).limit(page.size()).toList(),
                matching.size(),
                page);
    }

    private List<Member> all() {
        List<Seated> seats =
                transactions.read(
                        sql ->
                                sql.statement(
                                                """
                                                SELECT user_id, role, created_at FROM member
                                                 WHERE account_id = :account_id
                                                 ORDER BY created_at, id
                                                """)
                                        .query(Members::seated)
                                        .list());
        Map<UUID, User> named = users.byId(seats.stream().map(Seated::userId).toList());
        return seats.stream()
                .map(
                        seat ->
                                new Member(
                                        requireNonNull(named.get(seat.userId())),
                                        seat.role(),
                                        seat.joinedAt()))
                .toList();
    }

    /** For admins: one of them; 404 for whoever has no seat here. */
    public Member get(UUID userId) {
        return find(userId).orElseThrow(() -> Problem.notFound("Member"));
    }

    /** For admins: whoever holds a seat here; nothing for others. */
    public Optional<Member> find(UUID userId) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions
                .read(sql -> find(sql, userId))
                .map(seat -> new Member(users.get(userId), seat.role(), seat.joinedAt()));
    }

    /** Gives a member another role, from the next request on. Admins, and not to the owner. */
    public Member changeRole(UUID userId, Role role) {
        Tenancy.caller().require(Role.ADMIN);
        transactions.run(
                sql -> {
                    lock(Role.ADMIN);
                    Seated seat = requireNotOwner(sql, userId);
                    setRole(sql, userId, role);
                    if (!role.isAtLeast(Role.ADMIN)) {
                        revokeInvitationsBy(sql, userId);
                    }
                    auditLog.record(
                            "member.role_changed",
                            "user:" + userId,
                            Map.of("before", seat.role().key(), "after", role.key()));
                });
        return get(userId);
    }

    static void setRole(AccountSql sql, UUID userId, Role role) {
        sql.statement(
                        """
                        UPDATE member SET role = :role
                         WHERE account_id = :account_id AND user_id = :user
                        """)
                .param("role", role.key())
                .param("user", userId)
                .update();
    }

    /** Takes a member's seat, and with it all they could reach. Admins, and not the owner's. */
    public Member remove(UUID userId) {
        Member member = get(userId);
        transactions.run(
                sql -> {
                    lock(Role.ADMIN);
                    Seated seat = requireNotOwner(sql, userId);
                    auditLog.record(
                            "member.removed", "user:" + userId, Map.of("role", seat.role().key()));
                    unseat(sql, userId);
                });
        return member;
    }

    /** Gives up one's own seat. */
    public void leave() {
        Caller caller = Tenancy.caller();
        transactions.run(
                sql -> {
                    lock(Role.VIEWER);
                    if (require(sql, caller.userId()).role() == Role.OWNER) {
                        throw Problem.forbidden(
                                "owner_cannot_leave",
                                "The owner cannot leave: transfer the ownership first");
                    }
                    auditLog.record("member.left", "user:" + caller.userId(), Map.of());
                    unseat(sql, caller.userId());
                });
    }

    private void unseat(AccountSql sql, UUID userId) {
        revokeInvitationsBy(sql, userId);
        sql.statement("DELETE FROM member WHERE account_id = :account_id AND user_id = :user")
                .param("user", userId)
                .update();
    }

    /** Or somebody who has to go could come back by a link they had sent to themselves. */
    private void revokeInvitationsBy(AccountSql sql, UUID userId) {
        sql.statement(
                        """
                        UPDATE invitation SET revoked_at = :now
                         WHERE account_id = :account_id AND invited_by = :user
                           AND accepted_at IS NULL AND revoked_at IS NULL
                        """)
                .param("now", Columns.timestamp(clock.instant()))
                .param("user", userId)
                .update();
    }

    /**
     * Takes the account's lock until the transaction ends, so that changes of who may do what
     * follow one another; and refuses a caller who is less than that by now: what they were when
     * they passed the gate may have been changed while they waited. Operators need no seat.
     */
    public void lock(Role least) {
        Caller caller = Tenancy.caller();
        accounts.lockForLimits();
        Role now =
                transactions
                        .read(sql -> find(sql, caller.userId()))
                        .map(Seated::role)
                        .or(() -> staff(caller))
                        .orElseThrow(Gate::accountMissing);
        new Caller(caller.accountId(), caller.userId(), now, caller.via()).require(least);
    }

    private Optional<Role> staff(Caller caller) {
        return Optional.of(caller.role()).filter(role -> users.get(caller.userId()).isOperator());
    }

    private static Seated requireNotOwner(AccountSql sql, UUID userId) {
        Seated seat = require(sql, userId);
        if (seat.role() == Role.OWNER) {
            throw Problem.forbidden(
                    "owner_stays", "The owner stays: they alone can transfer the ownership");
        }
        return seat;
    }

    static Seated require(AccountSql sql, UUID userId) {
        return find(sql, userId).orElseThrow(() -> Problem.notFound("Member"));
    }

    private static Optional<Seated> find(AccountSql sql, UUID userId) {
        return sql.statement(
                        """
                        SELECT user_id, role, created_at FROM member
                         WHERE account_id = :account_id AND user_id = :user
                        """)
                .param("user", userId)
                .query(Members::seated)
                .optional();
    }

    private static Seated seated(ResultSet row, int number) throws SQLException {
        return new Seated(
                Columns.uuid(row, "user_id"),
                Role.of(row.getString("role")),
                Columns.instant(row, "created_at"));
    }
}
