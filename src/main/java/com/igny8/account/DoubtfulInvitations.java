package com.igny8.account;

import com.igny8.identity.EmailChangeUndone;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Takes back what was offered in somebody's name while another may have held their sign-in. */
@Component
class DoubtfulInvitations {
    private final PlatformTransactions platform;
    private final AuditLog auditLog;
    private final Clock clock;

    DoubtfulInvitations(PlatformTransactions platform, AuditLog auditLog, Clock clock) {
        this.platform = platform;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    private record Revoked(UUID accountId, UUID id, String email) {}

    @EventListener
    void onUndone(EmailChangeUndone undone) {
        platform.write(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                UPDATE invitation SET revoked_at = :now
                                                 WHERE invited_by = :user AND sent_at >= :since
                                                   AND accepted_at IS NULL AND revoked_at IS NULL
                                                RETURNING account_id, id, email
                                                """)
                                        .param("now", Columns.timestamp(clock.instant()))
                                        .param("user", undone.userId())
                                        .param("since", Columns.timestamp(undone.since()))
                                        .query(
                                                (row, number) ->
                                                        new Revoked(
                                                                Columns.uuid(row, "account_id"),
                                                                Columns.uuid(row, "id"),
                                                                row.getString("email")))
                                        .list())
                .forEach(revoked -> record(undone.userId(), revoked));
    }

    private void record(UUID userId, Revoked revoked) {
        Tenancy.as(
                new Caller(revoked.accountId(), userId, Role.VIEWER, Caller.Via.JOB),
                () -> {
                    auditLog.record(
                            "invitation.revoked",
                            "invitation:" + revoked.id(),
                            Map.of("email", revoked.email(), "because", "email change undone"));
                    return true;
                });
    }
}
