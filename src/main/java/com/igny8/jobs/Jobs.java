package com.igny8.jobs;

import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The long work of the bound account. */
@Component
public class Jobs {
    /**
     * Admins see every job of the account; others those they began, of sites they may reach still;
     * a key those of its site.
     */
    private static final String VISIBLE =
            """
             FROM job WHERE account_id = :account_id
              AND (:only_site::uuid IS NULL OR site_id = :only_site)
              AND (:sees_all OR created_by = :user
                   AND (site_id IS NULL OR site_id = :only_site
                        OR EXISTS (SELECT FROM site_access access
                        WHERE access.account_id = :account_id AND access.site_id = job.site_id
                          AND access.user_id = :user)))
            """;

    private final TenantTransactions transactions;
    private final JsonMapper json;
    private final Clock clock;
    private final ObjectProvider<JobHandler> handlers;
    private final AuditLog auditLog;
    private final ApplicationEventPublisher events;

    Jobs(
            TenantTransactions transactions,
            JsonMapper json,
            Clock clock,
            ObjectProvider<JobHandler> handlers,
            AuditLog auditLog,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
        this.handlers = handlers;
        this.auditLog = auditLog;
        this.events = events;
    }

    JobHandler handler(String type) {
        return handlers.stream()
                .filter(handler -> handler.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody does " + type));
    }

    /** Queues work, in the transaction that is there; 409 where its like is under way. */
    public Job enqueue(NewJob newJob) {
        return transactions.write(
                sql ->
                        sql.statement(
                                        """
                                        INSERT INTO job (account_id, type, site_id, payload,
                                            exclusive, hold_id, created_by, created_by_key,
                                            run_at, created_at)
                                        VALUES (:account_id, :type, :site, :payload::jsonb,
                                            :exclusive, :hold, :user, :key, :now, :now)
                                        ON CONFLICT (account_id, exclusive)
                                            WHERE status IN ('queued', 'running') DO NOTHING
                                        RETURNING *
                                        """)
                                .param("type", newJob.type())
                                .param("site", newJob.siteId())
                                .param("payload", json.writeValueAsString(newJob.payload()))
                                .param("exclusive", newJob.exclusive())
                                .param("hold", newJob.holdId())
                                .param("user", Tenancy.caller().userId())
                                .param("key", Tenancy.caller().apiKeyId())
                                .param("now", Columns.timestamp(clock.instant()))
                                .query(this::job)
                                .optional()
                                .orElseThrow(
                                        () ->
                                                Problem.conflict(
                                                        "job_under_way",
                                                        "This is being done already")));
    }

    /** A job the caller may see. */
    public Job get(UUID id) {
        return transactions.read(sql -> find(sql, id));
    }

    private Job find(AccountSql sql, UUID id) {
        return visible(sql, "SELECT *" + VISIBLE + " AND id = :id")
                .param("id", id)
                .query(this::job)
                .optional()
                .orElseThrow(() -> Problem.notFound("Job"));
    }

    /** Jobs the caller may see, youngest first. */
    public Page<Job> list(PageRequest page) {
        var all = new PagedSelect("SELECT *", VISIBLE, "created_at DESC, id DESC");
        return transactions.read(
                sql -> all.read(statement -> visible(sql, statement), page, this::job));
    }

    /** The youngest job of this kind. */
    public Optional<Job> latest(String exclusive) {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM job
                                         WHERE account_id = :account_id AND exclusive = :exclusive
                                         ORDER BY created_at DESC, id DESC LIMIT 1
                                        """)
                                .param("exclusive", exclusive)
                                .query(this::job)
                                .optional());
    }

    /**
     * Asks a job to stop. One that waits ends at once, one that runs at its next step; one that has
     * ended stays as it is.
     */
    public Job cancel(UUID id) {
        return transactions.write(
                sql -> {
                    find(sql, id);
                    stop(sql, id);
                    return find(sql, id);
                });
    }

    /** Asks all that is under way on a site to stop, whoever began it. */
    public void cancelOn(UUID siteId) {
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        SELECT id FROM job
                                         WHERE account_id = :account_id AND site_id = :site
                                           AND status IN ('queued', 'running') ORDER BY id
                                        """)
                                .param("site", siteId)
                                .query(UUID.class)
                                .list()
                                .forEach(id -> stop(sql, id)));
    }

    private void stop(AccountSql sql, UUID id) {
        Job job = lock(sql, id);
        switch (job.status()) {
            case QUEUED -> end(sql, job, Job.Status.CANCELLED, "cancelled", "It was cancelled");
            case RUNNING ->
                    sql.statement(
                                    """
                                    UPDATE job SET cancel_requested = true
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("id", id)
                            .update();
            case SUCCEEDED, FAILED, CANCELLED -> {
                return;
            }
        }
        auditLog.record("job.cancelled", "job:" + id, Map.of("type", job.type()));
    }

    private Job lock(AccountSql sql, UUID id) {
        return sql.statement(
                        """
                        SELECT * FROM job
                         WHERE account_id = :account_id AND id = :id FOR NO KEY UPDATE
                        """)
                .param("id", id)
                .query(this::job)
                .single();
    }

    /** Ends a job without success, and undoes what was prepared for it. */
    void end(
            AccountSql sql,
            Job job,
            Job.Status status,
            @Nullable String errorCode,
            @Nullable String error) {
        handler(job.type()).giveUp(job);
        Job ended =
                sql.statement(
                                """
                                UPDATE job SET status = :status, error_code = :code, error = :error,
                                       finished_at = :now, lease_until = NULL, worker = NULL
                                 WHERE account_id = :account_id AND id = :id
                                RETURNING *
                                """)
                        .param("status", status.key())
                        .param("code", errorCode)
                        .param("error", error)
                        .param("now", Columns.timestamp(clock.instant()))
                        .param("id", job.id())
                        .query(this::job)
                        .single();
        events.publishEvent(new JobFinished(ended));
    }

    /** Ends a job with what came out of it. */
    void succeed(AccountSql sql, Job job, JobHandler.Outcome outcome) {
        Job ended =
                sql.statement(
                                """
                                UPDATE job SET status = 'succeeded', progress = 100, step = '',
                                       result = :result::jsonb, credits_charged = :credits,
                                       finished_at = :now, lease_until = NULL, worker = NULL
                                 WHERE account_id = :account_id AND id = :id
                                RETURNING *
                                """)
                        .param("result", json.writeValueAsString(outcome.result()))
                        .param("credits", outcome.creditsCharged())
                        .param("now", Columns.timestamp(clock.instant()))
                        .param("id", job.id())
                        .query(this::job)
                        .single();
        events.publishEvent(new JobFinished(ended));
    }

    private static JdbcClient.StatementSpec visible(AccountSql sql, String statement) {
        Caller caller = Tenancy.caller();
        return sql.statement(statement)
                .param("sees_all", caller.role().isAtLeast(Role.ADMIN))
                .param("user", caller.userId())
                .param("only_site", caller.onlySiteId());
    }

    Job job(ResultSet row, int number) throws SQLException {
        return new Job(
                Columns.uuid(row, "account_id"),
                Columns.uuid(row, "id"),
                row.getString("type"),
                Job.Status.of(row.getString("status")),
                Columns.uuidOrNull(row, "site_id"),
                json.readTree(row.getString("payload")),
                row.getInt("progress"),
                row.getString("step"),
                tree(row.getString("result")),
                row.getString("error_code"),
                row.getString("error"),
                Columns.uuidOrNull(row, "hold_id"),
                row.getLong("credits_charged"),
                Columns.uuid(row, "created_by"),
                row.getString("created_by_key"),
                row.getInt("attempts"),
                row.getBoolean("cancel_requested"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "finished_at"));
    }

    private @Nullable JsonNode tree(@Nullable String text) {
        return text == null ? null : json.readTree(text);
    }
}
