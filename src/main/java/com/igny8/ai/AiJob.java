package com.igny8.ai;

import com.igny8.account.FeatureCheck;
import com.igny8.catalog.CreditCosts;
import com.igny8.credit.Ledger;
import com.igny8.jobs.Job;
import com.igny8.jobs.JobHandler;
import com.igny8.jobs.JobRun;
import com.igny8.tenancy.TenantTransactions;

import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A job of an AI operation, with the credits around it. */
final class AiJob implements JobHandler {
    private final AiOperation operation;
    private final TenantTransactions transactions;
    private final FeatureCheck features;
    private final CreditCosts costs;
    private final Ledger ledger;

    AiJob(
            AiOperation operation,
            TenantTransactions transactions,
            FeatureCheck features,
            CreditCosts costs,
            Ledger ledger) {
        this.operation = operation;
        this.transactions = transactions;
        this.features = features;
        this.costs = costs;
        this.ledger = ledger;
    }

    @Override
    public String type() {
        return operation.jobType();
    }

    @Override
    public void requireAllowed(Job job) {
        operation.feature().ifPresent(features::require);
        operation.requireAllowed(job);
    }

    @Override
    public Completion run(JobRun run) throws InterruptedException {
        long start = System.nanoTime();
        AiOperation.Work work = operation.perform(run);
        long latencyMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return () -> {
            Object result = work.store();
            long credits = costs.of(operation.operation(), work.quantity());
            ledger.capture(holdId(run.job()), credits, description(work.quantity()));
            record(run.job(), work.quantity(), credits, latencyMillis, "succeeded");
            return new Outcome(result, credits);
        };
    }

    @Override
    public void giveUp(Job job) {
        ledger.releaseIfHeld(holdId(job));
        record(job, 0, 0, 0, "failed");
    }

    static UUID holdId(Job job) {
        return Objects.requireNonNull(job.holdId(), "An AI job without a hold");
    }

    private String description(long quantity) {
        return "%s (%,d)".formatted(operation.operation().label(), quantity);
    }

    private void record(Job job, long quantity, long credits, long latencyMillis, String outcome) {
        transactions.run(
                sql ->
                        sql.statement(
                                        """
                                        INSERT INTO ai_call (account_id, job_id, operation,
                                            provider, model, quantity, credits, latency_ms, outcome)
                                        VALUES (:account_id, :job, :operation,
                                            :provider, :model, :quantity, :credits, :latency,
                                            :outcome)
                                        """)
                                .param("job", job.id())
                                .param("operation", operation.operation().key())
                                .param("provider", operation.provider().name())
                                .param("model", operation.provider().model())
                                .param("quantity", quantity)
                                .param("credits", credits)
                                .param("latency", latencyMillis)
                                .param("outcome", outcome)
                                .update());
    }
}
