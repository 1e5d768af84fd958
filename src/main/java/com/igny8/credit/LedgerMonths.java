package com.igny8.credit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.tenancy.PlatformTransactions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
        int made =
                platform.write(
                        jdbc ->
                                jdbc.sql("SELECT make_credit_entry_months()")
                                        .query(Integer.class)
                                        .single());
        if (made > 0) {
            LOG.info("Made {} months of the ledger", made);
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
}
