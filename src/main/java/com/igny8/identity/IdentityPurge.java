package com.igny8.identity;

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
import java.util.Map;

/** Forgets what nobody needs to know any more about how people signed in. */
@Configuration(proxyBeanMethods = false)
class IdentityPurge {
    private static final Duration ENDED_SESSIONS_KEPT = Duration.ofDays(30);
    private static final Duration LINKS_KEPT = Duration.ofDays(7);

    /** Used refresh tokens stay until they would have run out: their use tells of a theft. */
    private static final Map<String, Duration> RETENTION =
            Map.of(
                    "web_session WHERE least(revoked_at, expires_at) < :before",
                    ENDED_SESSIONS_KEPT,
                    "refresh_token WHERE expires_at < :before",
                    Duration.ZERO,
                    "email_verification WHERE expires_at < :before",
                    LINKS_KEPT,
                    "password_reset WHERE expires_at < :before",
                    LINKS_KEPT,
                    "email_change WHERE undo_until < :before",
                    LINKS_KEPT,
                    "sign_in_challenge WHERE expires_at < :before",
                    Duration.ZERO,
                    "sign_in_failure WHERE last_failed_at < :before AND blocked_until < :before",
                    SignInGuard.FORGETS_AFTER,
                    "second_factor WHERE confirmed_at IS NULL AND created_at < :before",
                    Duration.ofDays(1),
                    "signing_key WHERE retires_at < :before",
                    Duration.ofDays(1));

    @Bean
    RecurringTask<Void> identityPurging(PlatformTransactions platform, Clock clock) {
        return Tasks.recurring("identity-purge", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> purge(platform, clock.instant()));
    }

    static void purge(PlatformTransactions platform, Instant now) {
        RETENTION.forEach(
                (rows, kept) ->
                        platform.run(
                                jdbc ->
                                        jdbc.sql("DELETE FROM " + rows)
                                                .param("before", Columns.timestamp(now.minus(kept)))
                                                .update()));
    }
}
