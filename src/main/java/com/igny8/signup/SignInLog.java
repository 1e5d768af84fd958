package com.igny8.signup;

import com.igny8.account.Gate;
import com.igny8.identity.User;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.SecurityEvents;
import com.igny8.tenancy.Tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Writes down who signs in and out. A person may have seats in several accounts: it stands in the
 * log of the one they act on. A sign-in that fails is nobody's yet, so it is in no account's log.
 */
@Component
class SignInLog {
    private final AuditLog auditLog;
    private final SecurityEvents securityEvents;
    private final Gate gate;

    SignInLog(AuditLog auditLog, SecurityEvents securityEvents, Gate gate) {
        this.auditLog = auditLog;
        this.securityEvents = securityEvents;
        this.gate = gate;
    }

    /** What the work finds; that it found nobody is written down. */
    <T> T found(String email, Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem refusal) {
            if (refusal.status() == 401) {
                securityEvents.signInFailed(email);
            }
            throw refusal;
        }
    }

    void signedIn(User user, @Nullable UUID accountId, Caller.Via via) {
        gate.ask(user.id(), accountId, via)
                .caller()
                .ifPresent(caller -> record(caller, "user.signed_in"));
    }

    /** To be called before the sign-in is ended. */
    void signedOut() {
        Tenancy.callerIfBound().ifPresent(caller -> record(caller, "user.signed_out"));
    }

    private void record(Caller caller, String action) {
        Tenancy.as(
                caller,
                () -> {
                    auditLog.record(action, "user:" + caller.userId(), Map.of());
                    return true;
                });
    }
}
