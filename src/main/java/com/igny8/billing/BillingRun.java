package com.igny8.billing;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Does what is due for all subscriptions. A node claims a few at a time, so that no two are at one;
 * the claim of a node that dies runs out, and another goes on. What fails is left alone for as
 * long, and tried again.
 */
@Component
class BillingRun {
    private static final Logger LOG = LoggerFactory.getLogger(BillingRun.class);
    private static final Duration CLAIM = Duration.ofMinutes(5);
    private static final int BATCH = 64;

    /** Accounts at once: most of the time is the providers'. */
    private static final int AT_ONCE = 4;

    private static final int PROGRESS = 1_000;

    /** Months that were missed, and then some: more is a fault that would never end. */
    private static final int MOST_STEPS = 1_000;

    private final PlatformTransactions platform;
    private final DueWork work;
    private final Dunning dunning;
    private final Clock clock;

    BillingRun(PlatformTransactions platform, DueWork work, Dunning dunning, Clock clock) {
        this.platform = platform;
        this.work = work;
        this.dunning = dunning;
        this.clock = clock;
    }

    @Bean
    static RecurringTask<Void> billing(BillingRun run, BillingSettings settings) {
        return Tasks.recurring("billing", FixedDelay.of(settings.every()))
                .execute((instance, context) -> run.all());
    }

    /** How many accounts had something due. */
    long all() {
        Instant start = Instant.now();
        long done = 0;
        List<UUID> accounts = claim();
        while (!accounts.isEmpty()) {
            together(accounts);
            long before = done;
            done += accounts.size();
            if (done / PROGRESS > before / PROGRESS) {
                LOG.info(
                        "Billing: {} accounts in {} s, {} wait",
                        done,
                        Duration.between(start, Instant.now()).toSeconds(),
                        waiting());
            }
            accounts = claim();
        }
        return done;
    }

    private List<UUID> claim() {
        Instant now = clock.instant();
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE subscription SET claimed_until = :until
                                         WHERE (account_id, id) IN (
                                            SELECT subscription.account_id, subscription.id
                                            %s
                                             ORDER BY next_due_at LIMIT :most
                                               FOR UPDATE OF subscription SKIP LOCKED)
                                        RETURNING account_id
                                        """
                                                .formatted(DUE))
                                .param("until", Columns.timestamp(now.plus(CLAIM)))
                                .param("now", Columns.timestamp(now))
                                .param("most", BATCH)
                                .query(UUID.class)
                                .list());
    }

    /** Who lives by a test clock waits until it is advanced; who is shut out waits as well. */
    private static final String DUE =
            """
              FROM subscription JOIN account ON account.id = subscription.account_id
             WHERE next_due_at <= :now AND (claimed_until IS NULL OR claimed_until <= :now)
               AND account.deleted_at IS NULL AND account.status IN ('trial', 'active')
               AND NOT EXISTS (SELECT FROM test_clock
                                WHERE test_clock.account_id = subscription.account_id)
            """;

    private long waiting() {
        return platform.read(
                jdbc ->
                        jdbc.sql("SELECT count(*)" + DUE)
                                .param("now", Columns.timestamp(clock.instant()))
                                .query(Long.class)
                                .single());
    }

    private void together(List<UUID> accounts) {
        Semaphore turns = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            accounts.forEach(
                    account ->
                            threads.execute(
                                    () -> {
                                        turns.acquireUninterruptibly();
                                        try {
                                            attempt(account);
                                        } finally {
                                            turns.release();
                                        }
                                    }));
        }
    }

    private void attempt(UUID accountId) {
        try {
            account(accountId);
        } catch (RuntimeException failure) {
            LOG.error("What is due for account {} waits", accountId, failure);
        }
    }

    /** All that is due for an account, one thing after the other. */
    void account(UUID accountId) {
        Tenancy.as(
                Caller.system(accountId),
                () -> {
                    // The first step also puts right what only seemed to be due
                    for (int steps = 0; steps == 0 || work.isDue(clock.instant()); steps++) {
                        if (steps == MOST_STEPS) {
                            throw new IllegalStateException("There is no end to what is due");
                        }
                        work.next().ifPresent(dunning::attempt);
                    }
                    return true;
                });
    }
}
