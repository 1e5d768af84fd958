package com.igny8.ai;

import com.igny8.account.FeatureCheck;
import com.igny8.catalog.CreditCosts;
import com.igny8.credit.Hold;
import com.igny8.credit.Ledger;
import com.igny8.jobs.Job;
import com.igny8.jobs.JobHandler;
import com.igny8.jobs.Jobs;
import com.igny8.jobs.NewJob;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * The one way to intelligence: the estimated credits are held and the job is queued in one
 * transaction; the job calls the provider; what came out is stored and its credits are captured in
 * another. Whatever goes wrong in between, the hold is released.
 */
@Component
public class AiEngine {
    /** Longer than a job may wait and run; after that the credits come back by themselves. */
    private static final Duration HOLD_DEADLINE = Duration.ofHours(6);

    private final TenantTransactions transactions;
    private final FeatureCheck features;
    private final CreditCosts costs;
    private final Ledger ledger;
    private final Jobs jobs;
    private final AuditLog auditLog;

    AiEngine(
            TenantTransactions transactions,
            FeatureCheck features,
            CreditCosts costs,
            Ledger ledger,
            Jobs jobs,
            AuditLog auditLog) {
        this.transactions = transactions;
        this.features = features;
        this.costs = costs;
        this.ledger = ledger;
        this.jobs = jobs;
        this.auditLog = auditLog;
    }

    /**
     * What is to be done.
     *
     * @param payload what the operation needs to know; becomes JSON
     * @param quantity how much it will probably be, in what the operation's unit counts
     * @param exclusive of requests with the same, one at a time; null for any number
     */
    public record Request(
            @Nullable UUID siteId, Object payload, long quantity, @Nullable String exclusive) {}

    /** What was set going. */
    public record Started(UUID jobId, long creditsHeld) {}

    /**
     * Holds the credits and queues the job; 403 where the plan does not include it, 402 where too
     * few credits are available, and nothing is done.
     */
    public Started start(AiOperation operation, Request request) {
        operation.feature().ifPresent(features::require);
        long estimate = costs.of(operation.operation(), request.quantity());
        return transactions.write(
                sql -> {
                    Hold hold =
                            ledger.hold(
                                    estimate,
                                    operation.operation().key(),
                                    operation.jobType(),
                                    request.siteId(),
                                    HOLD_DEADLINE);
                    Job job =
                            jobs.enqueue(
                                    new NewJob(
                                            operation.jobType(),
                                            request.siteId(),
                                            request.payload(),
                                            request.exclusive(),
                                            hold.id()));
                    auditLog.record(
                            "job.started",
                            "job:" + job.id(),
                            Map.of("type", operation.jobType(), "credits_held", estimate));
                    return new Started(job.id(), estimate);
                });
    }

    /**
     * For a job at its beginning: ends it with 402 where there is more to do by now than its
     * credits can pay. Else the work would be done first and refused afterwards, as often as one
     * likes.
     */
    public void requireCredits(AiOperation operation, Job job, long quantity) {
        ledger.requireCapturable(AiJob.holdId(job), costs.of(operation.operation(), quantity));
    }

    /** What such a request would cost now, in credits. */
    public long estimate(AiOperation operation, long quantity) {
        return costs.of(operation.operation(), quantity);
    }

    /** The handler of an operation's jobs. */
    public JobHandler handler(AiOperation operation) {
        return new AiJob(operation, transactions, features, costs, ledger);
    }
}
