package com.igny8.console;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.identity.SignedIn;
import com.igny8.identity.User;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

/** Writes down what operators read of customers: once an hour, not at each click. */
@Component
class LookLog {
    private final Accounts accounts;
    private final AuditLog auditLog;

    LookLog(Accounts accounts, AuditLog auditLog) {
        this.accounts = accounts;
        this.auditLog = auditLog;
    }

    /** In the customer's own log. */
    void opened(Account account) {
        record(account, "account.read", "account:" + account.id());
    }

    /** In the log of the operator's account: the letters are many people's. */
    void readMails() {
        record(accounts.system(operator()), "mails.read", "mails");
    }

    /** In the log of the operator's account: it is about everybody who tries to sign in. */
    void readSecurityEvents() {
        record(accounts.system(operator()), "security_events.read", "security_events");
    }

    private void record(Account account, String action, String target) {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        Tenancy.as(
                new Caller(account.id(), signedIn.user().id(), Role.OWNER, signedIn.via()),
                () -> {
                    auditLog.recordLook(action, target);
                    return true;
                });
    }

    private static User operator() {
        return SignedIn.current().orElseThrow().user();
    }
}
