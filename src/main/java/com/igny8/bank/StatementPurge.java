package com.igny8.bank;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.kernel.Batches;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Forgets who paid what was never booked, {@code IGNY8_BANK_PAYERS_KEPT} after the statement was
 * imported: it is nothing of ours. That the line was imported stays known, and what was confirmed
 * stays with its payment.
 */
@Configuration(proxyBeanMethods = false)
class StatementPurge {
    /** In one transaction, so that a year's lines do not hold up those of today. */
    private static final int BATCH = 5_000;

    @Bean
    RecurringTask<Void> statementPurging(
            PlatformTransactions platform,
            Clock clock,
            @Value("${igny8.bank.payers-kept}") Duration kept) {
        return Tasks.recurring("statement-purge", FixedDelay.of(Duration.ofHours(24)))
                .execute((instance, context) -> purge(platform, clock.instant().minus(kept)));
    }

    static void purge(PlatformTransactions platform, Instant before) {
        Batches.doAll(BATCH, () -> purgeSome(platform, before));
    }

    private static int purgeSome(PlatformTransactions platform, Instant before) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE bank_statement_line SET payer_name = '', purpose = ''
                                         WHERE id IN (
                                            SELECT line.id FROM bank_statement_line line
                                              JOIN bank_statement statement
                                                ON statement.id = statement_id
                                             WHERE imported_at < :before
                                               AND line.status <> 'confirmed'
                                               AND (payer_name <> '' OR purpose <> '')
                                             LIMIT :most)
                                        """)
                                .param("before", Columns.timestamp(before))
                                .param("most", BATCH)
                                .update());
    }
}
