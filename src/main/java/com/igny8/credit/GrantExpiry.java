package com.igny8.credit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.kernel.Batches;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes back what is left of grants that ran out. Accounts with a test clock wait until it is
 * advanced; see {@link Endings}.
 */
@Component
class GrantExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(GrantExpiry.class);
    private static final int BATCH = 500;

    private final PlatformTransactions platform;
    private final DueChanges due;

    GrantExpiry(PlatformTransactions platform, DueChanges due) {
        this.platform = platform;
        this.due = due;
    }

    @Bean
    static RecurringTask<Void> grantEnding(GrantExpiry expiry, Clock clock) {
        return Tasks.recurring("grant-expiry", FixedDelay.ofSeconds(60))
                .execute(
                        (instance, context) -> {
                            int ended = expiry.end(clock.instant());
                            if (ended > 0) {
                                LOG.info("{} accounts had credits that ran out", ended);
                            }
                        });
    }

    /** Ends what ran out by then, each account tried once; how many accounts that was. */
    int end(Instant now) {
        AtomicInteger ended = new AtomicInteger();
        Batches.<Change.Expiry>read(
                BATCH, last -> ending(now, last), some -> ended.addAndGet(due.post(some)));
        return ended.get();
    }

    /** Where everything is on hold, nothing can end before the holds do. */
    private List<Change.Expiry> ending(Instant now, Change.@Nullable Expiry last) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT DISTINCT account_id
                                          FROM credit_grant JOIN credit_balance USING (account_id)
                                         WHERE is_open AND expires_at <= :now AND balance > held
                                           AND account_id > :after
                                           AND NOT EXISTS (SELECT FROM test_clock clock
                                                WHERE clock.account_id = credit_grant.account_id)
                                         ORDER BY account_id LIMIT :batch
                                        """)
                                .param("now", Columns.timestamp(now))
                                .param(
                                        "after",
                                        last == null ? Batches.FIRST_ID : last.by().accountId())
                                .param("batch", BATCH)
                                .query((row, number) -> expiry(Columns.uuid(row, "account_id")))
                                .list());
    }

    private static Change.Expiry expiry(UUID accountId) {
        return new Change.Expiry(Change.Maker.product(accountId));
    }
}
