package com.igny8.credit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.credit.Bookkeeper.Patience;
import com.igny8.credit.Bookkeeper.Posted;
import com.igny8.kernel.Batches;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Clock;
import java.util.List;

/**
 * Lets go of what has had its time: holds that nobody settled by their deadline, so that no credit
 * stays reserved for ever, and what is left of grants that ran out. Accounts with a test clock wait
 * until it is advanced; see {@link Endings}.
 */
@Configuration(proxyBeanMethods = false)
class Deadlines {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final int BATCH = 500;

    @Bean
    RecurringTask<Void> holdRelease(
            PlatformTransactions platform, Bookkeeper bookkeeper, Clock clock) {
        return Tasks.recurring("hold-release", FixedDelay.ofSeconds(15))
                .execute(
                        (instance, context) -> {
                            int released = releaseExpired(platform, bookkeeper, clock);
                            if (released > 0) {
                                LOG.warn("{} holds ran out and were released", released);
                            }
                        });
    }

    @Bean
    RecurringTask<Void> grantExpiry(
            PlatformTransactions platform, Bookkeeper bookkeeper, Clock clock) {
        return Tasks.recurring("grant-expiry", FixedDelay.ofSeconds(60))
                .execute(
                        (instance, context) -> {
                            int ended = endGrants(platform, bookkeeper, clock);
                            if (ended > 0) {
                                LOG.info("{} accounts had credits that ran out", ended);
                            }
                        });
    }

    /** How many holds were let go of; where many end at once, none waits for many turns. */
    static int releaseExpired(PlatformTransactions platform, Bookkeeper bookkeeper, Clock clock) {
        return Batches.doAll(
                BATCH,
                () -> end(platform, bookkeeper, platform.read(jdbc -> expiredHolds(jdbc, clock))));
    }

    /** Not locked: whoever settles one first wins, and the other finds it settled. */
    private static List<Change.Release> expiredHolds(JdbcClient jdbc, Clock clock) {
        return jdbc.sql(
                        """
                        SELECT account_id, id FROM credit_hold
                         WHERE settled_at IS NULL AND expires_at <= :now
                           AND NOT EXISTS (SELECT FROM test_clock clock
                                            WHERE clock.account_id = credit_hold.account_id)
                         ORDER BY expires_at LIMIT :batch
                        """)
                .param("now", Columns.timestamp(clock.instant()))
                .param("batch", BATCH)
                .query(
                        (row, number) ->
                                new Change.Release(
                                        Change.Maker.product(Columns.uuid(row, "account_id")),
                                        Columns.uuid(row, "id"),
                                        true,
                                        null))
                .list();
    }

    /** How many accounts had grants to end. */
    static int endGrants(PlatformTransactions platform, Bookkeeper bookkeeper, Clock clock) {
        return Batches.doAll(
                BATCH,
                () -> end(platform, bookkeeper, platform.read(jdbc -> endingGrants(jdbc, clock))));
    }

    private static List<Change.Expiry> endingGrants(JdbcClient jdbc, Clock clock) {
        return jdbc.sql(
                        """
                        SELECT DISTINCT account_id
                          FROM credit_grant JOIN credit_balance USING (account_id)
                         WHERE is_open AND expires_at <= :now AND balance > held
                           AND NOT EXISTS (SELECT FROM test_clock clock
                                            WHERE clock.account_id = credit_grant.account_id)
                         LIMIT :batch
                        """)
                .param("now", Columns.timestamp(clock.instant()))
                .param("batch", BATCH)
                .query(
                        (row, number) ->
                                new Change.Expiry(
                                        Change.Maker.product(Columns.uuid(row, "account_id"))))
                .list();
    }

    /** In one transaction, but for accounts that somebody else holds just now: one each. */
    private static int end(
            PlatformTransactions platform, Bookkeeper bookkeeper, List<? extends Change> changes) {
        Posted posted =
                platform.write(jdbc -> bookkeeper.post(platform::message, changes, Patience.NONE));
        int inLine =
                posted.leftOut().stream()
                        .map(
                                account ->
                                        changes.stream()
                                                .filter(
                                                        one ->
                                                                one.by()
                                                                        .accountId()
                                                                        .equals(account)))
                        .mapToInt(some -> endInLine(platform, bookkeeper, some.toList()))
                        .sum();
        return posted.outcomes().size() + inLine;
    }

    /**
     * An account that is busy all the time is hardly ever free, but whoever waits has their turn.
     * Where that takes more than a moment, the next time.
     */
    private static int endInLine(
            PlatformTransactions platform, Bookkeeper bookkeeper, List<? extends Change> changes) {
        try {
            return platform.write(
                            jdbc -> bookkeeper.post(platform::message, changes, Patience.SHORT))
                    .outcomes()
                    .size();
        } catch (DataAccessException failure) {
            if (!GroupCommit.isForALock(failure)) {
                throw failure;
            }
            return 0;
        }
    }
}
