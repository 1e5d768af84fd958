package com.igny8.payment;

import com.igny8.account.Accounts;
import com.igny8.kernel.Money;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of payments and disputes, as {@link Reckoning} moves them forward. */
@Component
class Takings {
    /** One at a time moves the money of an account. */
    Optional<Payment> locked(AccountSql sql, UUID id) {
        Accounts.lock(sql);
        return find(sql, id);
    }

    Payment get(AccountSql sql, UUID id) {
        return find(sql, id).orElseThrow();
    }

    private static Optional<Payment> find(AccountSql sql, UUID id) {
        return sql.statement("SELECT * FROM payment WHERE account_id = :account_id AND id = :id")
                .param("id", id)
                .query(Payments::payment)
                .optional();
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

    /**
     * @param toInvoice what its invoice needs of it
     */
    void succeed(
            AccountSql sql, UUID id, @Nullable String reference, Money toInvoice, Instant now) {
        sql.statement(
                        """
                        UPDATE payment SET status = 'succeeded', settled_at = :now,
                               invoice_minor = :to_invoice,
                               failure_code = NULL, failure_message = NULL, next_look_at = NULL,
                               provider_reference = coalesce(:reference, provider_reference)
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("reference", reference)
                .param("to_invoice", toInvoice.minor())
                .param("now", Columns.timestamp(now))
                .update();
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
}
