package com.igny8.account;

import com.igny8.identity.OngoingSignIns;
import com.igny8.identity.SignedIn;
import com.igny8.jobs.Job;
import com.igny8.jobs.JobAdmission;
import com.igny8.tenancy.Caller;

import org.springframework.stereotype.Component;

import java.util.function.Supplier;

/** What goes on after a request passes the gate as whoever asked for it. */
@Component
class JobGate implements JobAdmission {
    private final Gate gate;
    private final OngoingSignIns signIns;

    JobGate(Gate gate, OngoingSignIns signIns) {
        this.gate = gate;
        this.signIns = signIns;
    }

    @Override
    public Caller admit(Job job) {
        return gate.ask(job.createdBy(), job.accountId(), Caller.Via.JOB, job.createdByKey())
                .admitted();
    }

    @Override
    public Supplier<Caller> again() {
        SignedIn who = SignedIn.current().orElseThrow();
        return () -> {
            signIns.require(who);
            return gate.ask(who).admitted();
        };
    }
}
