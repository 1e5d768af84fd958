package com.igny8.signup;

import com.igny8.account.Gate;
import com.igny8.identity.User;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecurityEvents;
import com.igny8.tenancy.Tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.Optional;
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
    private final PlatformTransactions platform;

    SignInLog(
            AuditLog auditLog,
            SecurityEvents securityEvents,
            Gate gate,
            PlatformTransactions platform) {
        this.auditLog = auditLog;
        this.securityEvents = securityEvents;
        this.gate = gate;
        this.platform = platform;
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

    /** Begins a sign-in: what begins it and what says so are kept together, or neither is. */
    <T> T begun(User user, @Nullable UUID accountId, Caller.Via via, Supplier<T> beginning) {
        Optional<Caller> caller = gate.ask(user.id(), accountId, via).caller();
        return platform.write(
                jdbc -> {
                    T begun = beginning.get();
                    caller.ifPresent(known -> record(known, "user.signed_in"));
                    return begun;
                });
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
