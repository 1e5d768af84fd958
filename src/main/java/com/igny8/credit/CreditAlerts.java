package com.igny8.credit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;
import java.util.UUID;

/**
 * Writes to the owner when the balance went below what they asked to be warned of, and still is:
 * one letter each time, not one for each deduction after.
 */
@Configuration(proxyBeanMethods = false)
class CreditAlerts {
    private static final int BATCH = 200;

    @Bean
    RecurringTask<Void> lowBalanceLetters(
            PlatformTransactions platform,
            CreditLetters letters,
            ApplicationEventPublisher events) {
        return Tasks.recurring("low-balance-letters", FixedDelay.ofSeconds(30))
                .execute((instance, context) -> write(platform, letters, events));
    }

    /**
     * Somebody to write to.
     *
     * @param account what it is called
     * @param below what they asked to be told of
     */
    record Alert(UUID accountId, String email, String account, long balance, long below) {}

    /** The letter and the mark that it is written are kept together, or neither is. */
    static void write(
            PlatformTransactions platform,
            CreditLetters letters,
            ApplicationEventPublisher events) {
        platform.run(jdbc -> due(jdbc).forEach(alert -> tell(alert, letters, events)));
    }

    private static void tell(Alert alert, CreditLetters letters, ApplicationEventPublisher events) {
        letters.lowBalance(alert);
        events.publishEvent(new CreditsLow(alert.accountId(), alert.balance(), alert.below()));
    }

    private static List<Alert> due(JdbcClient jdbc) {
        // Whoever has more again by now is not told; the mark goes all the same, for the next time
        return jdbc.sql(
                        """
                        WITH due AS (
                            SELECT account_id FROM credit_balance WHERE alert_due
                             ORDER BY account_id LIMIT :batch FOR UPDATE SKIP LOCKED),
                        told AS (
                            UPDATE credit_balance SET alert_due = false
                              FROM due WHERE credit_balance.account_id = due.account_id
                            RETURNING credit_balance.account_id, balance, alert_below)
                        SELECT account.id, email, account.name, balance, alert_below
                          FROM told
                          JOIN account ON account.id = told.account_id
                          JOIN member ON member.account_id = told.account_id AND role = 'owner'
                          JOIN app_user ON app_user.id = member.user_id
                         WHERE balance < alert_below
                        """)
                .param("batch", BATCH)
                .query(
                        (row, number) ->
                                new Alert(
                                        Columns.uuid(row, "id"),
                                        row.getString("email"),
                                        row.getString("name"),
                                        row.getLong("balance"),
                                        row.getLong("alert_below")))
                .list();
    }
}
