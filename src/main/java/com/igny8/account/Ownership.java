package com.igny8.account;

import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Problem;
import com.igny8.mail.Letter;
import com.igny8.mail.Outbox;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.UUID;

/** Whose the account is, and handing it over. */
@Component
public class Ownership {
    private final PlatformTransactions platform;
    private final TenantTransactions tenants;
    private final Accounts accounts;
    private final Members members;
    private final Users users;
    private final Outbox outbox;
    private final AuditLog auditLog;

    Ownership(
            PlatformTransactions platform,
            TenantTransactions tenants,
            Accounts accounts,
            Members members,
            Users users,
            Outbox outbox,
            AuditLog auditLog) {
        this.platform = platform;
        this.tenants = tenants;
        this.accounts = accounts;
        this.members = members;
        this.users = users;
        this.outbox = outbox;
        this.auditLog = auditLog;
    }

    /**
     * Makes a member the owner and the owner an admin, both or neither.
     *
     * @param owner the caller, as they were when they signed in
     * @param password the owner's, once more: a session left open does not give the account away
     */
    public Member transfer(User owner, UUID userId, String password) {
        Tenancy.caller().require(Role.OWNER);
        User next = members.get(userId).user();
        if (userId.equals(owner.id())) {
            throw Problem.invalid("user", "You are the owner already");
        }
        users.requirePassword(owner, password);
        Account account = accounts.current();
        platform.run(
                jdbc -> {
                    users.requireNotEnded(owner);
                    tenants.run(sql -> change(sql, account, owner, next));
                });
        return members.get(userId);
    }

    private void change(AccountSql sql, Account account, User owner, User next) {
        accounts.lockForLimits();
        if (Members.require(sql, owner.id()).role() != Role.OWNER) {
            throw Problem.conflict("owner_changed", "The account has another owner by now");
        }
        Members.require(sql, next.id());
        // In this order: at no moment are there two
        Members.setRole(sql, owner.id(), Role.ADMIN);
        Members.setRole(sql, next.id(), Role.OWNER);
        auditLog.record(
                "ownership.transferred",
                "account:" + account.id(),
                Map.of("before", owner.id(), "after", next.id()));
        outbox.post(toNext(account, owner, next));
        outbox.post(toPrevious(account, owner, next));
    }

    private static Letter toNext(Account account, User previous, User next) {
        return new Letter(
                next.email(),
                "ownership_received",
                "You own the IGNY8 account " + account.name() + " now",
                """
                Hello %s,

                %s has made you the owner of the account %s. From now on its plan, payments and \
                members are yours to decide.
                """
                        .formatted(next.displayName(), previous.displayName(), account.name()));
    }

    private static Letter toPrevious(Account account, User previous, User next) {
        return new Letter(
                previous.email(),
                "ownership_given",
                "You have transferred the IGNY8 account " + account.name(),
                """
                Hello %s,

                the account %s belongs to %s (%s) now; you are an admin of it.

                If it was not you who did this, write to them and to us at once.
                """
                        .formatted(
                                previous.displayName(),
                                account.name(),
                                next.displayName(),
                                next.email()));
    }
}
