package com.igny8.credit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.tenancy.PlatformTransactions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Duration;

/** Makes the ledger's next months in time, and tells where that was missed. */
@Configuration(proxyBeanMethods = false)
class LedgerMonths {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerMonths.class);

    @Bean
    RecurringTask<Void> monthsAhead(PlatformTransactions platform) {
        return Tasks.recurring("ledger-months", FixedDelay.of(Duration.ofHours(6)))
                .execute((instance, context) -> make(platform));
    }

    static void make(PlatformTransactions platform) {
        try {
            int made = platform.write(LedgerMonths::make);
            if (made > 0) {
                LOG.info("Made {} months of the ledger", made);
            }
        } catch (DataAccessException failure) {
            if (!GroupCommit.isForALock(failure)) {
                throw failure;
            }
            LOG.info("The ledger is being read for long; its next months are made the next time");
        }
        boolean isBeyond =
                platform.read(
                        jdbc ->
                                jdbc.sql("SELECT EXISTS (SELECT FROM credit_entry_beyond)")
                                        .query(Boolean.class)
                                        .single());
        if (isBeyond) {
            LOG.warn("Entries of months without a partition are in credit_entry_beyond");
        }
    }

    /**
     * Where somebody reads the whole ledger, a backup say, this has to wait for them; and whoever
     * writes to it would have to wait for us. There is time: months are made long before.
     */
    private static int make(JdbcClient jdbc) {
        jdbc.sql("SET LOCAL lock_timeout = '100ms'").update();
        return jdbc.sql("SELECT make_credit_entry_months()").query(Integer.class).single();
    }
}
