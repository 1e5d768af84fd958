package com.igny8.account;

import com.igny8.identity.SignedIn;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * Operators who look after a customer's account over the API: in its owner's place, under their own
 * name. 403 for all but operators, 404 for what is no customer's.
 */
@Component
public class StaffVisits {
    private final Accounts accounts;
    private final AuditLog auditLog;

    StaffVisits(Accounts accounts, AuditLog auditLog) {
        this.accounts = accounts;
        this.auditLog = auditLog;
    }

    /** Does something there, which writes itself down. */
    public <T> T act(UUID accountId, Supplier<T> work) {
        SignedIn operator = operator();
        UUID customer = accounts.customer(accountId).id();
        return Tenancy.as(OperatorFilter.caller(operator, customer), work::get);
    }

    /** The addresses are closed to others already: this is the second lock. */
    private static SignedIn operator() {
        SignedIn operator = SignedIn.operator();
        if (operator.isImpersonating()) {
            throw SignedIn.operatorsOnly();
        }
        return operator;
    }

    /** Reads something there; that they looked is written down. */
    public <T> T look(UUID accountId, Supplier<T> reading) {
        return act(
                accountId,
                () -> {
                    T read = reading.get();
                    auditLog.recordLook("account.read", "account:" + accountId);
                    return read;
                });
    }
}
