package com.igny8.account;

import com.igny8.jobs.Job;
import com.igny8.jobs.JobAdmission;
import com.igny8.tenancy.Caller;

import org.springframework.stereotype.Component;

/** What goes on after a request passes the gate as whoever asked for it. */
@Component
class JobGate implements JobAdmission {
    private final Gate gate;

    JobGate(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Caller admit(Job job) {
        return gate.ask(job.createdBy(), job.accountId(), Caller.Via.JOB, job.createdByKey())
                .admitted();
    }

    @Override
    public Caller readmit(Caller caller) {
        return gate.ask(caller.userId(), caller.accountId(), caller.via(), caller.apiKeyId())
                .admitted();
    }
}
