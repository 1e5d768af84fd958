package com.igny8.account;

import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * Operators who look after a customer's account over the API: in its owner's place, under their own
 * name. 404 for what is no customer's.
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
        UUID customer = accounts.customer(accountId).id();
        return Tenancy.as(Tenancy.caller().asOwnerOf(customer), work::get);
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
