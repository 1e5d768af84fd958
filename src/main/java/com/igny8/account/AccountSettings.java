package com.igny8.account;

import com.igny8.identity.EmailAddress;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.Optional;

/** What the bound account says of itself. Its contact is where the operator writes to. */
@Component
class AccountSettings {
    static final int MIN_RETENTION_DAYS = 1;
    static final int MAX_RETENTION_DAYS = 365;

    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final AuditLog auditLog;
    private final ContactLetters letters;

    AccountSettings(
            TenantTransactions transactions,
            Accounts accounts,
            AuditLog auditLog,
            ContactLetters letters) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.auditLog = auditLog;
        this.letters = letters;
    }

    /** What is to be another; what is absent stays. */
    record Change(
            Optional<String> name, Optional<String> contactEmail, Optional<Integer> retentionDays) {
        private void check() {
            new FieldErrors()
                    .require(
                            name.stream().allMatch(Accounts::isName),
                            "name",
                            "Enter a name, up to " + Accounts.MAX_NAME_LENGTH + " characters")
                    .require(
                            contactEmail.stream().allMatch(AccountSettings::isEmail),
                            "contact_email",
                            "Enter a valid email address")
                    .require(
                            retentionDays.stream()
                                    .allMatch(
                                            days ->
                                                    days >= MIN_RETENTION_DAYS
                                                            && days <= MAX_RETENTION_DAYS),
                            "retention_days",
                            "Must be between %d and %d days"
                                    .formatted(MIN_RETENTION_DAYS, MAX_RETENTION_DAYS))
                    .throwIfAny();
        }
    }

    private static boolean isEmail(String typed) {
        try {
            return !EmailAddress.require(typed).isEmpty();
        } catch (Problem notAnAddress) {
            return false;
        }
    }

    Account get() {
        Tenancy.caller().require(Role.ADMIN);
        return accounts.current();
    }

    /** Changes what is said; how long things can be restored, only the owner does. */
    Account change(Change change, IfMatch ifMatch) {
        Tenancy.caller().require(Role.ADMIN);
        change.check();
        return transactions.write(
                sql -> {
                    accounts.lockForLimits();
                    Account before = accounts.current();
                    ifMatch.require(before);
                    if (change.retentionDays().orElse(before.retentionDays())
                            != before.retentionDays()) {
                        Tenancy.caller().require(Role.OWNER);
                    }
                    Account after = changed(sql, before, change);
                    if (!after.contactEmail().equalsIgnoreCase(before.contactEmail())) {
                        letters.changed(before, after);
                    }
                    auditLog.record(
                            "account.changed",
                            "account:" + after.id(),
                            Map.of("before", told(before), "after", told(after)));
                    return after;
                });
    }

    private Account changed(AccountSql sql, Account before, Change change) {
        sql.statement(
                        """
                        UPDATE account SET name = :name, contact_email = :email,
                               retention_days = :days
                         WHERE id = :account_id
                        """)
                .param("name", change.name().orElse(before.name()).strip())
                .param("email", change.contactEmail().orElse(before.contactEmail()).strip())
                .param("days", change.retentionDays().orElse(before.retentionDays()))
                .update();
        return accounts.current();
    }

    private static Map<String, ?> told(Account account) {
        return Map.of(
                "name", account.name(),
                "contact_email", account.contactEmail(),
                "retention_days", account.retentionDays());
    }
}
