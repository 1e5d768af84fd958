package com.igny8.webhook;

import com.igny8.account.Account;
import com.igny8.account.AccountReaders;
import com.igny8.account.Accounts;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes down what came of a try: the delivery is done, waits to be tried again or is given up, and
 * an endpoint that is gone, or has failed for too long, is paused.
 */
@Component
class Settlement {
    /** After each try that fails but the last: eight in about a day. */
    private static final List<Duration> WAITS =
            List.of(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(8),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(14));

    /** So much of a wait is left to chance, or all that failed together would come together. */
    private static final double JITTER = 0.2;

    private static final Duration PATIENCE = Duration.ofDays(3);

    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final AccountReaders readers;
    private final WebhookLetters letters;
    private final AuditLog auditLog;
    private final Clock clock;

    Settlement(
            TenantTransactions transactions,
            Accounts accounts,
            AccountReaders readers,
            WebhookLetters letters,
            AuditLog auditLog,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.readers = readers;
        this.letters = letters;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Nothing, where the node was so slow that another has taken the delivery up. */
    void settle(DeliveryQueue.Taken taken, Attempt attempt, String worker) {
        Tenancy.as(
                Caller.system(taken.accountId()),
                () ->
                        transactions.write(
                                sql ->
                                        attempt.isSuccess()
                                                ? delivered(sql, taken, attempt, worker)
                                                : failed(sql, taken, attempt, worker)));
    }

    private boolean delivered(
            AccountSql sql, DeliveryQueue.Taken taken, Attempt attempt, String worker) {
        Instant now = clock.instant();
        boolean isMine = move(sql, taken, worker, Delivery.Status.DELIVERED, now);
        if (isMine) {
            note(sql, taken, attempt);
            sql.statement(
                            """
                            UPDATE webhook_endpoint SET failing_since = NULL
                             WHERE account_id = :account_id AND id = :endpoint
                               AND failing_since IS NOT NULL
                            """)
                    .param("endpoint", taken.endpointId())
                    .update();
        }
        return isMine;
    }

    private boolean failed(
            AccountSql sql, DeliveryQueue.Taken taken, Attempt attempt, String worker) {
        Instant now = clock.instant();
        Optional<Instant> next =
                attempt.isGone() ? Optional.empty() : waitAfter(taken.attempts()).map(now::plus);
        Delivery.Status status =
                next.isPresent() ? Delivery.Status.WAITING : Delivery.Status.FAILED;
        boolean isMine = move(sql, taken, worker, status, next.orElse(now));
        if (isMine) {
            note(sql, taken, attempt);
            blame(sql, taken, attempt, now).ifPresent(reason -> tellOfPause(taken, reason));
        }
        return isMine;
    }

    /** Nothing after the last try. */
    private static Optional<Duration> waitAfter(int attempts) {
        if (attempts > WAITS.size()) {
            return Optional.empty();
        }
        long millis = WAITS.get(attempts - 1).toMillis();
        double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        return Optional.of(Duration.ofMillis(Math.round(millis * factor)));
    }

    /**
     * @param at when it is due, where it waits; when it was settled, where it does not
     * @return whether it was the worker's still
     */
    private static boolean move(
            AccountSql sql,
            DeliveryQueue.Taken taken,
            String worker,
            Delivery.Status status,
            Instant at) {
        return sql.statement(
                                """
                                UPDATE webhook_delivery
                                   SET status = :status, worker = NULL, due_at = :at,
                                       settled_at = CASE WHEN :status <> 'waiting'
                                           THEN :at::timestamptz END
                                 WHERE account_id = :account_id AND id = :id
                                   AND worker = :worker AND attempts = :attempts
                                """)
                        .param("status", status.key())
                        .param("at", Columns.timestamp(at))
                        .param("id", taken.id())
                        .param("worker", worker)
                        .param("attempts", taken.attempts())
                        .update()
                > 0;
    }

    private static void note(AccountSql sql, DeliveryQueue.Taken taken, Attempt attempt) {
        sql.statement(
                        """
                        INSERT INTO webhook_attempt (account_id, delivery_id, attempted_at,
                            duration_millis, status, response, failure)
                        VALUES (:account_id, :delivery, :at, :millis, :status, :response, :failure)
                        """)
                .param("delivery", taken.id())
                .param("at", Columns.timestamp(attempt.at()))
                .param("millis", attempt.took().toMillis())
                .param("status", attempt.status())
                .param("response", attempt.response())
                .param("failure", attempt.failure())
                .update();
    }

    /** Why the endpoint is paused by this; nothing where it is not, or was before. */
    private static Optional<Endpoint.Pause> blame(
            AccountSql sql, DeliveryQueue.Taken taken, Attempt attempt, Instant now) {
        return sql.statement(
                        """
                        UPDATE webhook_endpoint
                           SET failing_since = coalesce(failing_since, :now),
                               paused_because =
                                   CASE WHEN :gone THEN 'gone'
                                        WHEN failing_since <= :long_ago THEN 'failing' END
                         WHERE account_id = :account_id AND id = :endpoint
                           AND paused_because IS NULL
                           AND (failing_since IS NULL OR failing_since <= :long_ago OR :gone)
                        RETURNING paused_because
                        """)
                .param("now", Columns.timestamp(now))
                .param("long_ago", Columns.timestamp(now.minus(PATIENCE)))
                .param("gone", attempt.isGone())
                .param("endpoint", taken.endpointId())
                .query((row, number) -> Optional.ofNullable(Endpoint.Pause.of(row.getString(1))))
                .optional()
                .flatMap(reason -> reason);
    }

    private void tellOfPause(DeliveryQueue.Taken taken, Endpoint.Pause reason) {
        auditLog.record(
                "webhook_endpoint.paused",
                Endpoints.target(taken.endpointId()),
                Map.of("name", taken.url().toString(), "reason", reason.sentence()));
        Account account = accounts.current();
        letters.paused(account, readers.of(account), page(taken), taken.url(), reason.sentence());
    }

    /** Operators have no part in the pages of an account. */
    private String page(DeliveryQueue.Taken taken) {
        String pages = accounts.isOperators() ? StaffWebhookPages.PATH : WebhookPages.PATH;
        return pages + "/" + taken.endpointId();
    }
}
