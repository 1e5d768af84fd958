package com.igny8.account;

import com.igny8.jobs.JobAdmission;
import com.igny8.tenancy.Caller;

import org.springframework.stereotype.Component;

import java.util.UUID;

/** What goes on after a request passes the gate as whoever asked for it. */
@Component
class JobGate implements JobAdmission {
    private final Gate gate;

    JobGate(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Caller admit(UUID accountId, UUID userId) {
        Gate.Verdict verdict = gate.ask(userId, accountId, Caller.Via.JOB);
        verdict.refusal()
                .ifPresent(
                        refusal -> {
                            throw refusal;
                        });
        return verdict.caller().orElseThrow();
    }
}
