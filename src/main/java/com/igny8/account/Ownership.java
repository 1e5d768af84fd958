package com.igny8.account;

import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.UUID;

/** Whose the account is, and handing it over. */
@Component
public class Ownership {
    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final Members members;
    private final Users users;
    private final OwnershipLetters letters;
    private final AuditLog auditLog;

    Ownership(
            TenantTransactions transactions,
            Accounts accounts,
            Members members,
            Users users,
            OwnershipLetters letters,
            AuditLog auditLog) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.members = members;
        this.users = users;
        this.letters = letters;
        this.auditLog = auditLog;
    }

    /**
     * Makes a member the owner and the owner an admin, both or neither.
     *
     * @param password the owner's, once more: a session left open does not give the account away
     */
    public Member transfer(UUID userId, String password) {
        Caller caller = Tenancy.caller();
        caller.require(Role.OWNER);
        User next = members.get(userId).user();
        if (userId.equals(caller.userId())) {
            throw Problem.invalid("user", "You are the owner already");
        }
        users.requirePassword(caller.userId(), password);
        User previous = users.get(caller.userId());
        Account account = accounts.current();
        transactions.run(
                sql -> {
                    accounts.lockForLimits();
                    if (Members.require(sql, caller.userId()).role() != Role.OWNER) {
                        throw Problem.conflict(
                                "owner_changed", "The account has another owner by now");
                    }
                    Members.require(sql, userId);
                    // In this order: at no moment are there two
                    Members.setRole(sql, caller.userId(), Role.ADMIN);
                    Members.setRole(sql, userId, Role.OWNER);
                    auditLog.record(
                            "ownership.transferred",
                            "account:" + account.id(),
                            Map.of("before", caller.userId(), "after", userId));
                    letters.transferred(account, previous, next);
                });
        return members.get(userId);
    }
}
