package com.igny8.mail;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets letters that went out, or never will. */
@Configuration(proxyBeanMethods = false)
class MailPurge {
    private static final Duration KEPT = Duration.ofDays(30);

    @Bean
    RecurringTask<Void> mailPurging(PlatformTransactions platform, Clock clock) {
        return Tasks.recurring("mail-purge", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> purge(platform, clock.instant()));
    }

    static void purge(PlatformTransactions platform, Instant now) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        DELETE FROM mail
                                         WHERE status <> 'queued' AND created_at < :before
                                        """)
                                .param("before", Columns.timestamp(now.minus(KEPT)))
                                .update());
    }
}
