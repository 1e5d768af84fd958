package com.igny8.identity;

import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.UUID;

/**
 * What people do to their own sign-in stands in the audit log of the account they act on, if any.
 */
@Component
class OwnActs {
    private final AuditLog auditLog;

    OwnActs(AuditLog auditLog) {
        this.auditLog = auditLog;
    }

    void record(String action, UUID userId) {
        if (Tenancy.callerIfBound().isPresent()) {
            auditLog.record(action, "user:" + userId, Map.of());
        }
    }
}
