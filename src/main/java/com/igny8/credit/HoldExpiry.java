package com.igny8.credit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;

/**
 * Releases holds that nobody settled by their deadline, so that no credit stays reserved for ever.
 */
@Configuration(proxyBeanMethods = false)
class HoldExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(HoldExpiry.class);
    private static final int BATCH = 500;

    @Bean
    RecurringTask<Void> holdRelease(PlatformTransactions platform, Clock clock) {
        return Tasks.recurring("hold-release", FixedDelay.ofSeconds(15))
                .execute(
                        (instance, context) -> {
                            int released = releaseExpired(platform, clock);
                            if (released > 0) {
                                LOG.warn("{} holds ran out and were released", released);
                            }
                        });
    }

    /**
     * The holds first, then their accounts, in the order of settling, so that nothing deadlocks.
     */
    static int releaseExpired(PlatformTransactions platform, Clock clock) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        WITH expired AS (
                                            SELECT account_id, id, amount FROM credit_hold
                                             WHERE status = 'held' AND expires_at <= :now
                                             ORDER BY account_id, id LIMIT :batch
                                               FOR UPDATE SKIP LOCKED),
                                        released AS (
                                            UPDATE credit_hold SET status = 'released',
                                                   settled_at = :now
                                              FROM expired
                                             WHERE credit_hold.account_id = expired.account_id
                                               AND credit_hold.id = expired.id
                                            RETURNING credit_hold.account_id, credit_hold.amount),
                                        totals AS (
                                            SELECT account_id, sum(amount)::bigint AS amount,
                                                   count(*)::int AS holds
                                              FROM released GROUP BY account_id),
                                        balances AS (
                                            UPDATE credit_balance SET held = held - totals.amount
                                              FROM totals
                                             WHERE credit_balance.account_id = totals.account_id
                                            RETURNING totals.holds)
                                        SELECT coalesce(sum(holds), 0)::int FROM balances
                                        """)
                                .param("now", Columns.timestamp(clock.instant()))
                                .param("batch", BATCH)
                                .query(Integer.class)
                                .single());
    }
}
