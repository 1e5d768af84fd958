package com.igny8.mail;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.kernel.Batches;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Forgets old letters, those that wait still too: where no mail server is configured nobody will
 * ever send them, and where one comes later their links have long run out.
 */
@Configuration(proxyBeanMethods = false)
class MailPurge {
    private static final Duration KEPT = Duration.ofDays(30);

    /** In one transaction, so that a year's letters do not hold up those of today. */
    private static final int BATCH = 5_000;

    @Bean
    RecurringTask<Void> mailPurging(PlatformTransactions platform, Clock clock) {
        return Tasks.recurring("mail-purge", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> purge(platform, clock.instant(), BATCH));
    }

    static void purge(PlatformTransactions platform, Instant now, int batch) {
        Batches.doAll(batch, () -> purgeSome(platform, now.minus(KEPT), batch));
    }

    private static int purgeSome(PlatformTransactions platform, Instant before, int batch) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        DELETE FROM mail WHERE id IN (
                                            SELECT id FROM mail WHERE created_at < :before
                                             LIMIT :batch)
                                        """)
                                .param("before", Columns.timestamp(before))
                                .param("batch", batch)
                                .update());
    }
}
