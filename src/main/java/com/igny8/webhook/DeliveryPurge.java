package com.igny8.webhook;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.kernel.Batches;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets old deliveries, those that wait for a paused endpoint too. */
@Configuration(proxyBeanMethods = false)
class DeliveryPurge {
    private static final Duration KEPT = Duration.ofDays(30);

    /** In one transaction, so that a month's do not hold up those of today. */
    private static final int BATCH = 5_000;

    @Bean
    RecurringTask<Void> webhookPurging(DeliveryQueue queue, Clock clock) {
        return Tasks.recurring("webhook-purge", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> purge(queue, clock.instant().minus(KEPT)));
    }

    static void purge(DeliveryQueue queue, Instant before) {
        Batches.doAll(BATCH, () -> queue.forget(before, BATCH));
    }
}
