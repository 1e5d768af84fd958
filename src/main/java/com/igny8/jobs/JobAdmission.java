package com.igny8.jobs;

import com.igny8.tenancy.Caller;

import java.util.function.Supplier;

/**
 * Says as whom somebody acts who is not sending a request at this moment, or why they may not: the
 * gate, which stands in a later room. A job passes it at each step, a stream at each look.
 */
public interface JobAdmission {
    /** Whoever asked for the job, as they stand now; throws the gate's refusal. */
    Caller admit(Job job);

    /**
     * Lets whoever sends the present request in again, as often as asked: as they stand by then.
     * Throws why not: the gate's refusal, or that their sign-in has ended.
     */
    Supplier<Caller> again();
}
