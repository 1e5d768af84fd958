package com.igny8.jobs;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * The queue as workers see it, over all accounts. A job is taken on a lease: a worker that dies
 * stops renewing it, and another takes the job up again.
 */
@Component
class JobQueue {
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    private final PlatformTransactions platform;
    private final Jobs jobs;
    private final Clock clock;

    JobQueue(PlatformTransactions platform, Jobs jobs, Clock clock) {
        this.platform = platform;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Takes the next job. Accounts take turns: the one with the fewest running goes first, whatever
     * the length of another's queue; within an account the oldest job does.
     */
    Optional<Job> take(String worker) {
        Instant now = clock.instant();
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        WITH running AS (
                                            SELECT account_id, count(*) AS jobs FROM job
                                             WHERE status = 'running' AND lease_until > :now
                                             GROUP BY account_id),
                                        due AS (
                                            SELECT DISTINCT ON (account_id) account_id, id, run_at
                                              FROM job
                                             WHERE (status = 'queued' AND run_at <= :now)
                                                OR (status = 'running' AND lease_until <= :now)
                                             ORDER BY account_id, run_at, id),
                                        turn AS (
                                            SELECT due.account_id, due.id FROM due
                                              LEFT JOIN running USING (account_id)
                                             ORDER BY coalesce(running.jobs, 0), due.run_at),
                                        next AS (
                                            SELECT job.account_id, job.id FROM turn
                                              JOIN job USING (account_id, id)
                                             WHERE job.status = 'queued'
                                                OR job.lease_until <= :now
                                             LIMIT 1 FOR UPDATE OF job SKIP LOCKED)
                                        UPDATE job SET status = 'running', worker = :worker,
                                               lease_until = :lease, attempts = attempts + 1,
                                               started_at = coalesce(started_at, :now)
                                          FROM next
                                         WHERE job.account_id = next.account_id
                                           AND job.id = next.id
                                        RETURNING job.*
                                        """)
                                .param("now", Columns.timestamp(now))
                                .param("worker", worker)
                                .param("lease", Columns.timestamp(now.plus(LEASE)))
                                .query(jobs::job)
                                .optional());
    }

    /** Keeps the leases of the jobs a worker is at. */
    void renew(Collection<UUID> ids, String worker) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE job SET lease_until = :lease
                                         WHERE id = ANY (:ids) AND worker = :worker
                                           AND status = 'running'
                                        """)
                                .param("lease", Columns.timestamp(clock.instant().plus(LEASE)))
                                .param("ids", ids.toArray(UUID[]::new))
                                .param("worker", worker)
                                .update());
    }

    /** Puts a job back to be tried again: soon, or at once where the attempt should not count. */
    void putBack(Job job, String worker, boolean attemptCounts) {
        Instant runAt =
                attemptCounts
                        ? clock.instant().plus(RETRY_DELAY.multipliedBy(job.attempts()))
                        : clock.instant();
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE job SET status = 'queued', run_at = :run_at,
                                               lease_until = NULL, worker = NULL,
                                               attempts = attempts - :uncounted
                                         WHERE account_id = :account AND id = :id
                                           AND worker = :worker AND status = 'running'
                                        """)
                                .param("run_at", Columns.timestamp(runAt))
                                .param("uncounted", attemptCounts ? 0 : 1)
                                .param("account", job.accountId())
                                .param("id", job.id())
                                .param("worker", worker)
                                .update());
    }
}
