package com.igny8.jobs;

import com.igny8.tenancy.Caller;

import java.util.UUID;

/**
 * Says as whom somebody acts who is not sending a request at this moment, or why they may not: the
 * gate, which stands in a later room. A job passes it at each attempt, a stream at each look.
 */
public interface JobAdmission {
    /** The caller to bind; throws the gate's refusal. */
    Caller admit(UUID accountId, UUID userId);
}
