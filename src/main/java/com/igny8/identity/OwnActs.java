package com.igny8.identity;

import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.SecurityEvents;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.UUID;

/**
 * What people do to their own sign-in stands in the audit log of the account they act on; what they
 * do by a link in a mail, among the security events.
 */
@Component
class OwnActs {
    private final AuditLog auditLog;
    private final SecurityEvents securityEvents;

    OwnActs(AuditLog auditLog, SecurityEvents securityEvents) {
        this.auditLog = auditLog;
        this.securityEvents = securityEvents;
    }

    void record(String action, UUID userId) {
        boolean isTheirs =
                Tenancy.callerIfBound()
                        .filter(caller -> caller.userId().equals(userId))
                        .isPresent();
        if (isTheirs) {
            auditLog.record(action, "user:" + userId, Map.of());
        } else {
            securityEvents.ofPerson(action, userId);
        }
    }
}
