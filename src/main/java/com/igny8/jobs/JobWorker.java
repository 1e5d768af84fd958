package com.igny8.jobs;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Takes jobs from the queue and sees each to its end, a few at a time. */
@Component
class JobWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

    /** After so many attempts that broke off, a job has failed. */
    private static final int MAX_ATTEMPTS = 3;

    /** So that work that is slow to get on learns soon that it is to stop. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);

    private static final long IDLE_MILLIS = 250;
    private static final long RENEW_SECONDS = JobQueue.LEASE.toSeconds() / 3;
    private static final long STOP_SECONDS = 10;

    private final JobQueue queue;
    private final Jobs jobs;
    private final JobAdmission admission;
    private final TenantTransactions transactions;
    private final int workers;
    private final String name = UUID.randomUUID().toString();
    private final Map<UUID, Job> running = new ConcurrentHashMap<>();
    private ExecutorService threads = threads();
    private volatile boolean isRunning;

    JobWorker(
            JobQueue queue,
            Jobs jobs,
            JobAdmission admission,
            TenantTransactions transactions,
            @Value("${igny8.jobs.workers}") int workers) {
        this.queue = queue;
        this.jobs = jobs;
        this.admission = admission;
        this.transactions = transactions;
        this.workers = workers;
    }

    /** The job was cancelled, or another worker has it. */
    private static final class BrokenOff extends RuntimeException {
        private final boolean cancelled;

        BrokenOff(boolean cancelled) {
            super(null, null, false, false);
            this.cancelled = cancelled;
        }
    }

    @Override
    public void start() {
        threads = threads();
        isRunning = true;
        for (int worker = 0; worker < workers; worker++) {
            threads.execute(this::workOn);
        }
        threads.execute(this::renewLeases);
    }

    /** Threads of the system: work that keeps a core busy would starve the virtual ones. */
    private static ExecutorService threads() {
        return Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("job-", 1).factory());
    }

    private void workOn() {
        while (isRunning) {
            try {
                Optional<Job> job = queue.take(name);
                if (job.isPresent()) {
                    attend(job.get());
                } else {
                    Thread.sleep(IDLE_MILLIS);
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error failure) {
                // An Error too: with this thread its share of all work to come would end
                LOG.warn("A job could not be taken or ended: {}", failure.toString());
                pause();
            }
        }
    }

    private void attend(Job job) {
        running.put(job.id(), job);
        try {
            attempt(job);
        } finally {
            running.remove(job.id());
        }
    }

    private void attempt(Job job) {
        // Whatever the gate says, ending the job is work on its account
        Caller forEnding =
                new Caller(job.accountId(), job.createdBy(), Role.VIEWER, Caller.Via.JOB);
        try {
            if (job.attempts() > MAX_ATTEMPTS) {
                throw new IllegalStateException("Every attempt took its worker down");
            }
            Tenancy.as(admission.admit(job), () -> carryOut(job));
        } catch (BrokenOff brokenOff) {
            if (brokenOff.cancelled) {
                end(job, forEnding, Job.Status.CANCELLED, "cancelled", "It was cancelled");
            }
        } catch (Problem problem) {
            end(job, forEnding, Job.Status.FAILED, problem.code(), problem.sentence());
        } catch (InterruptedException stopped) {
            queue.putBack(job, name, false);
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            afterFailure(job, forEnding, failure);
        }
    }

    private boolean carryOut(Job job) throws InterruptedException {
        JobHandler handler = jobs.handler(job.type());
        handler.requireAllowed(job);
        JobHandler.Completion completion = handler.run(new Attempt(job, handler));
        requireStillAllowed(job, handler);
        transactions.run(
                sql -> {
                    if (requireMine(job)) {
                        throw new BrokenOff(true);
                    }
                    jobs.succeed(sql, job, completion.complete());
                });
        return true;
    }

    /** Whoever asked for the job may have lost their place, or the account its own, meanwhile. */
    private void requireStillAllowed(Job job, JobHandler handler) {
        Tenancy.as(
                admission.admit(job),
                () -> {
                    handler.requireAllowed(job);
                    return true;
                });
    }

    private void afterFailure(Job job, Caller forEnding, Throwable failure) {
        if (!isRunning) {
            queue.putBack(job, name, false);
        } else if (job.attempts() >= MAX_ATTEMPTS) {
            LOG.error("Job {} ({}) failed for good", job.id(), job.type(), failure);
            end(
                    job,
                    forEnding,
                    Job.Status.FAILED,
                    "internal_error",
                    "Something went wrong on our side. Nothing was charged");
        } else {
            LOG.warn("Job {} ({}) broke off, to be tried again", job.id(), job.type(), failure);
            queue.putBack(job, name, true);
        }
    }

    private void end(Job job, Caller caller, Job.Status status, String errorCode, String sentence) {
        Tenancy.as(
                caller,
                () ->
                        transactions.write(
                                sql -> {
                                    requireMine(job);
                                    jobs.end(sql, job, status, errorCode, sentence);
                                    return true;
                                }));
    }

    /**
     * Locks the job; breaks off where, while we were slow, the lease ran out and another took it.
     *
     * @return whether somebody asked for it to be cancelled
     */
    private boolean requireMine(Job job) {
        return transactions.write(
                sql ->
                        sql.statement(
                                        """
                                                SELECT cancel_requested FROM job
                                                 WHERE account_id = :account_id AND id = :id
                                                   AND worker = :worker AND attempts = :attempts
                                                   AND status = 'running' FOR NO KEY UPDATE
                                                """)
                                .param("id", job.id())
                                .param("worker", name)
                                .param("attempts", job.attempts())
                                .query(Boolean.class)
                                .optional()
                                .orElseThrow(() -> new BrokenOff(false)));
    }

    private final class Attempt implements JobRun {
        private final Job job;
        private final JobHandler handler;
        private int lastProgress = -1;
        private long lastTold = System.nanoTime();

        Attempt(Job job, JobHandler handler) {
            this.job = job;
            this.handler = handler;
        }

        @Override
        public Job job() {
            return job;
        }

        @Override
        public void progress(int progress, String step) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("The worker stops");
            }
            long now = System.nanoTime();
            if (progress == lastProgress && now - lastTold < LONGEST_SILENCE.toNanos()) {
                return; // A step in the percent is not worth a write
            }
            lastProgress = progress;
            lastTold = now;
            requireStillAllowed(job, handler);
            boolean cancelled =
                    transactions.write(
                            sql ->
                                    sql.statement(
                                                    """
                                                    UPDATE job SET progress = :progress,
                                                           step = :step
                                                     WHERE account_id = :account_id AND id = :id
                                                       AND worker = :worker
                                                       AND attempts = :attempts
                                                       AND status = 'running'
                                                    RETURNING cancel_requested
                                                    """)
                                            .param("progress", progress)
                                            .param("step", step)
                                            .param("id", job.id())
                                            .param("worker", name)
                                            .param("attempts", job.attempts())
                                            .query(Boolean.class)
                                            .optional()
                                            .orElseThrow(() -> new BrokenOff(false)));
            if (cancelled) {
                throw new BrokenOff(true);
            }
        }
    }

    private void renewLeases() {
        while (isRunning) {
            try {
                TimeUnit.SECONDS.sleep(RENEW_SECONDS);
                if (!running.isEmpty()) {
                    queue.renew(running.keySet(), name);
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                LOG.warn("Leases were not renewed: {}", failure.toString());
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        isRunning = false;
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Some jobs did not stop in time; another worker takes them up again");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
