package com.igny8.jobs;

import com.igny8.tenancy.Caller;

/**
 * Says as whom somebody acts who is not sending a request at this moment, or why they may not: the
 * gate, which stands in a later room. A job passes it at each step, a stream at each look.
 */
public interface JobAdmission {
    /** Whoever asked for the job, as they stand now; throws the gate's refusal. */
    Caller admit(Job job);

    /** A caller who was let in before, as they stand now; throws the gate's refusal. */
    Caller readmit(Caller caller);
}
