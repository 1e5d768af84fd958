package com.igny8.identity;

import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What somebody may have added to another's sign-in while they held it, to come in again: taken
 * away, all that was signed in ends, and the password they knew is good for nothing.
 */
@Component
class Intrusion {
    private final PlatformTransactions platform;
    private final ActiveSessions sessions;
    private final AuditLog auditLog;
    private final Clock clock;

    Intrusion(
            PlatformTransactions platform,
            ActiveSessions sessions,
            AuditLog auditLog,
            Clock clock) {
        this.platform = platform;
        this.sessions = sessions;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /**
     * In the transaction there is.
     *
     * @param uselessHash of a password that nobody knows
     */
    void end(UUID userId, Instant since, String uselessHash) {
        platform.run(
                jdbc -> {
                    jdbc.sql("UPDATE app_user SET password_hash = :hash WHERE id = :user")
                            .param("hash", uselessHash)
                            .param("user", userId)
                            .update();
                    sessions.endAllBut(userId, null);
                    removeLater(jdbc, "second_factor", userId, since);
                    removeLater(jdbc, "recovery_code", userId, since);
                    revokeKeys(jdbc, userId, since);
                });
    }

    private static void removeLater(JdbcClient jdbc, String table, UUID userId, Instant since) {
        jdbc.sql("DELETE FROM %s WHERE user_id = :user AND created_at >= :since".formatted(table))
                .param("since", Columns.timestamp(since))
                .param("user", userId)
                .update();
    }

    private record Key(UUID accountId, String id, String name) {}

    /** Those whose secret was shown to them, of whatever account. */
    private void revokeKeys(JdbcClient jdbc, UUID userId, Instant since) {
        jdbc.sql(
                        """
                        UPDATE api_key SET revoked_at = :now
                         WHERE issued_to = :user AND issued_at >= :since AND revoked_at IS NULL
                        RETURNING account_id, id, name
                        """)
                .param("now", Columns.timestamp(clock.instant()))
                .param("user", userId)
                .param("since", Columns.timestamp(since))
                .query(
                        (row, number) ->
                                new Key(
                                        Columns.uuid(row, "account_id"),
                                        row.getString("id"),
                                        row.getString("name")))
                .list()
                .forEach(key -> record(userId, key));
    }

    private void record(UUID userId, Key key) {
        Tenancy.as(
                new Caller(key.accountId(), userId, Role.VIEWER, Caller.Via.JOB),
                () -> {
                    auditLog.record(
                            "api_key.revoked",
                            "api_key:" + key.id(),
                            Map.of("name", key.name(), "because", "email change undone"));
                    return true;
                });
    }
}
