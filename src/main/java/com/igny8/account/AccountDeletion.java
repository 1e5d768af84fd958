package com.igny8.account;

import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.util.Map;

/**
 * Deletes the bound account and brings it back. The gate turns everybody away from the moment it is
 * deleted; nothing in it is touched until it is erased.
 */
@Component
public class AccountDeletion {
    private final PlatformTransactions platform;
    private final TenantTransactions tenants;
    private final Accounts accounts;
    private final OwnerAlone ownerAlone;
    private final Users users;
    private final Retention retention;
    private final AuditLog auditLog;
    private final DeletionLetters letters;

    AccountDeletion(
            PlatformTransactions platform,
            TenantTransactions tenants,
            Accounts accounts,
            OwnerAlone ownerAlone,
            Users users,
            Retention retention,
            AuditLog auditLog,
            DeletionLetters letters) {
        this.platform = platform;
        this.tenants = tenants;
        this.accounts = accounts;
        this.ownerAlone = ownerAlone;
        this.users = users;
        this.retention = retention;
        this.auditLog = auditLog;
        this.letters = letters;
    }

    /**
     * @param owner the caller, as they were when they signed in
     * @param confirm the account's slug, typed by whoever means it
     */
    Deletion delete(User owner, String password, String confirm) {
        ownerAlone.require();
        Account account = accounts.current();
        new FieldErrors()
                .require(
                        confirm.equals(account.slug()),
                        "confirm",
                        "Type the short name of the account: " + account.slug())
                .collect(() -> users.requirePassword(owner, password))
                .throwIfAny();
        return platform.write(
                jdbc -> {
                    users.requireNotEnded(owner);
                    Deletion deletion = mark();
                    letters.deleted(account, deletion);
                    return deletion;
                });
    }

    private Deletion mark() {
        return tenants.write(
                sql -> {
                    accounts.lockForLimits();
                    // Who owned it when they asked may have handed it over meanwhile
                    ownerAlone.require();
                    Deletion deletion = retention.begin();
                    int deleted =
                            sql.statement(
                                            """
                                            UPDATE account SET deleted_at = :at, deleted_by = :by,
                                                   restore_until = :until
                                             WHERE id = :account_id AND deleted_at IS NULL
                                               AND NOT is_system
                                            """)
                                    .param("at", Columns.timestamp(deletion.at()))
                                    .param("by", deletion.by())
                                    .param("until", Columns.timestamp(deletion.restoreUntil()))
                                    .update();
                    if (deleted == 0) {
                        throw Problem.conflict(
                                "already_deleted", "This account is deleted already");
                    }
                    auditLog.record(
                            "account.deleted",
                            "account:" + sql.accountId(),
                            Map.of("restore_until", deletion.restoreUntil().toString()));
                    return deletion;
                });
    }

    /** The owner thought better of it. */
    Account restoreAsOwner() {
        ownerAlone.require();
        return restore();
    }

    /** Brings the bound account back as it was; for its owner and for operators. */
    public Account restore() {
        return platform.write(
                jdbc -> {
                    Account account = unmark();
                    letters.restored(account);
                    return account;
                });
    }

    private Account unmark() {
        return tenants.write(
                sql -> {
                    int restored =
                            sql.statement(
                                            """
                                            UPDATE account SET deleted_at = NULL,
                                                   deleted_by = NULL, restore_until = NULL
                                             WHERE id = :account_id AND erased_at IS NULL
                                               AND restore_until > :now
                                            """)
                                    .param("now", Columns.timestamp(retention.now()))
                                    .update();
                    if (restored == 0) {
                        throw Problem.conflict(
                                "not_restorable",
                                "This account is not deleted, or the time to restore it is over");
                    }
                    auditLog.record("account.restored", "account:" + sql.accountId(), Map.of());
                    return accounts.current();
                });
    }
}
