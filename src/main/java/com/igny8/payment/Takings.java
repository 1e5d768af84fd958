package com.igny8.payment;

import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of payments, refunds and disputes, as {@link Reckoning} moves them forward. */
@Component
class Takings {
    /** Held until the end of the transaction, so that one at a time moves it. */
    Optional<Payment> locked(AccountSql sql, UUID id) {
        return sql.statement(
                        """
                        SELECT * FROM payment WHERE account_id = :account_id AND id = :id
                           FOR UPDATE
                        """)
                .param("id", id)
                .query(Payments::payment)
                .optional();
    }

    Payment get(AccountSql sql, UUID id) {
        return sql.statement("SELECT * FROM payment WHERE account_id = :account_id AND id = :id")
                .param("id", id)
                .query(Payments::payment)
                .single();
    }

    /** How the provider calls it, as soon as it does. */
    void name(AccountSql sql, UUID id, @Nullable String reference) {
        sql.statement(
                        """
                        UPDATE payment
                           SET provider_reference = coalesce(:reference, provider_reference)
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("reference", reference)
                .update();
    }

    void fail(
            AccountSql sql,
            UUID id,
            @Nullable String reference,
            Outcome.Failed failed,
            Instant now) {
        sql.statement(
                        """
                        UPDATE payment SET status = 'failed', settled_at = :now,
                               failure_code = :code, failure_message = :message,
                               may_retry = :may_retry, next_look_at = NULL,
                               provider_reference = coalesce(:reference, provider_reference)
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("reference", reference)
                .param("code", failed.code())
                .param("message", failed.message())
                .param("may_retry", failed.mayRetry())
                .param("now", Columns.timestamp(now))
                .update();
    }

    void succeed(AccountSql sql, UUID id, @Nullable String reference, Instant now) {
        sql.statement(
                        """
                        UPDATE payment SET status = 'succeeded', settled_at = :now,
                               failure_code = NULL, failure_message = NULL, next_look_at = NULL,
                               provider_reference = coalesce(:reference, provider_reference)
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("reference", reference)
                .param("now", Columns.timestamp(now))
                .update();
    }

    /** Whether this is news. A refund that failed, even after it was said to be done, stays so. */
    boolean note(
            AccountSql sql,
            UUID paymentId,
            ProviderPayment.Refunded found,
            String reason,
            Instant now) {
        // Ours is there already, under its id; one made at the provider's is known by its name
        sql.statement(
                        """
                        UPDATE refund SET provider_reference = :reference
                         WHERE account_id = :account_id AND payment_id = :payment AND id = :id
                           AND provider_reference IS NULL
                        """)
                .param("payment", paymentId)
                .param("id", found.refundId())
                .param("reference", found.reference())
                .update();
        return sql.statement(
                                """
                                INSERT INTO refund AS known (account_id, payment_id,
                                    provider_reference, status, amount_minor, reason, created_at,
                                    settled_at)
                                VALUES (:account_id, :payment, :reference, :status, :amount,
                                    :reason, :now,
                                    CASE WHEN :status <> 'pending' THEN :now::timestamptz END)
                                ON CONFLICT (account_id, payment_id, provider_reference) DO UPDATE
                                   SET status = excluded.status, settled_at = excluded.settled_at,
                                       next_look_at = CASE WHEN excluded.status = 'pending'
                                           THEN known.next_look_at END
                                 WHERE (known.status, excluded.status) IN (('pending', 'succeeded'),
                                     ('pending', 'failed'), ('succeeded', 'failed'))
                                """)
                        .param("payment", paymentId)
                        .param("reference", found.reference())
                        .param("status", found.status().key())
                        .param("amount", found.amount().minor())
                        .param("reason", reason)
                        .param("now", Columns.timestamp(now))
                        .update()
                > 0;
    }

    /** Whether this is news. What is decided stays so. */
    boolean note(AccountSql sql, UUID paymentId, ProviderPayment.Disputed found, Instant now) {
        return sql.statement(
                                """
                                INSERT INTO dispute AS known (account_id, payment_id,
                                    provider_reference, status, amount_minor, currency, reason,
                                    opened_at, closed_at)
                                VALUES (:account_id, :payment, :reference, :status, :amount,
                                    :currency, :reason, :now,
                                    CASE WHEN :status <> 'open' THEN :now::timestamptz END)
                                ON CONFLICT (account_id, payment_id, provider_reference) DO UPDATE
                                   SET status = excluded.status, closed_at = excluded.closed_at
                                 WHERE known.status = 'open' AND excluded.status <> 'open'
                                """)
                        .param("payment", paymentId)
                        .param("reference", found.reference())
                        .param("status", found.status().key())
                        .param("amount", found.amount().minor())
                        .param("currency", found.amount().currency())
                        .param("reason", found.reason())
                        .param("now", Columns.timestamp(now))
                        .update()
                > 0;
    }

    /** What went back of a payment is what its refunds come to. */
    void countRefunds(AccountSql sql, UUID paymentId) {
        sql.statement(
                        """
                        UPDATE payment
                           SET refunded_minor = gone.minor,
                               status = CASE WHEN gone.minor = 0 THEN 'succeeded'
                                             WHEN gone.minor = amount_minor THEN 'refunded'
                                             ELSE 'partially_refunded' END
                          FROM (SELECT least(coalesce(sum(amount_minor), 0), (
                                           SELECT amount_minor FROM payment
                                            WHERE account_id = :account_id AND id = :id)) AS minor
                                  FROM refund
                                 WHERE account_id = :account_id AND payment_id = :id
                                   AND status = 'succeeded') AS gone
                         WHERE account_id = :account_id AND id = :id
                           AND status NOT IN ('pending', 'failed')
                           AND refunded_minor <> gone.minor
                        """)
                .param("id", paymentId)
                .update();
    }
}
