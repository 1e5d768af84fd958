package com.igny8.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

/** Runs every room's recurring tasks, each on one node at a time, wherever it was when one died. */
@Configuration(proxyBeanMethods = false)
class RecurringWork {
    /** Some go on for minutes; holds that ran out must not wait for them. */
    private static final int THREADS = 6;

    @Bean(initMethod = "start", destroyMethod = "stop")
    Scheduler scheduler(
            @Qualifier("platform") DataSource dataSource, List<RecurringTask<?>> tasks) {
        return Scheduler.create(dataSource)
                .startTasks(tasks)
                .threads(THREADS)
                .pollingInterval(Duration.ofSeconds(2))
                .heartbeatInterval(Duration.ofSeconds(10))
                .shutdownMaxWait(Duration.ofSeconds(10))
                .build();
    }
}
