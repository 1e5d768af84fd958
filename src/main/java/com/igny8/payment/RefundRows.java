package com.igny8.payment;

import com.igny8.kernel.Money;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of refunds: what is to go back of payments, what did, and what it was taken from. */
@Component
class RefundRows {
    /**
     * A refund of ours that nobody was asked for yet.
     *
     * @param fromBalance what of it was taken from the customer's balance
     * @param creditNoteId answers for the rest of it; null where that is to be paid again
     */
    record Wanted(
            UUID paymentId,
            Money amount,
            Money fromBalance,
            @Nullable UUID creditNoteId,
            String reason) {}

    UUID insert(AccountSql sql, Wanted wanted, Instant now) {
        return sql.statement(
                        """
                        INSERT INTO refund (account_id, payment_id, credit_note_id, status,
                            amount_minor, balance_minor, reason, created_at, next_look_at)
                        VALUES (:account_id, :payment, :credit_note, 'pending', :amount, :balance,
                            :reason, :now, now() + interval '2 minutes')
                        RETURNING id
                        """)
                .param("payment", wanted.paymentId())
                .param("credit_note", wanted.creditNoteId())
                .param("amount", wanted.amount().minor())
                .param("balance", wanted.fromBalance().minor())
                .param("reason", wanted.reason())
                .param("now", Columns.timestamp(now))
                .query(UUID.class)
                .single();
    }

    /**
     * What is news of a refund. One that failed, even after it was said to be done, stays so.
     *
     * @param fromBalance what of it was taken from the customer's balance
     * @param reopened what of it is to be paid again on the invoice
     * @param isAnswered whether a credit note answers for the rest of it
     */
    record Noted(
            UUID id,
            RefundStatus status,
            Money amount,
            Money fromBalance,
            Money reopened,
            boolean isAnswered) {
        private static Noted of(ResultSet row, String currency) throws SQLException {
            return new Noted(
                    Columns.uuid(row, "id"),
                    RefundStatus.of(row.getString("status")),
                    new Money(row.getLong("amount_minor"), currency),
                    new Money(row.getLong("balance_minor"), currency),
                    new Money(row.getLong("reopened_minor"), currency),
                    row.getString("credit_note_id") != null);
        }
    }

    /** Nothing where it is known already. */
    Optional<Noted> note(
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
                        INSERT INTO refund AS known (account_id, payment_id, provider_reference,
                            status, amount_minor, reason, created_at, settled_at)
                        VALUES (:account_id, :payment, :reference, :status, :amount, :reason, :now,
                            CASE WHEN :status <> 'pending' THEN :now::timestamptz END)
                        ON CONFLICT (account_id, payment_id, provider_reference) DO UPDATE
                           SET status = excluded.status, settled_at = excluded.settled_at,
                               next_look_at = CASE WHEN excluded.status = 'pending'
                                   THEN known.next_look_at END
                         WHERE (known.status, excluded.status) IN (('pending', 'succeeded'),
                             ('pending', 'failed'), ('succeeded', 'failed'))
                        RETURNING *
                        """)
                .param("payment", paymentId)
                .param("reference", found.reference())
                .param("status", found.status().key())
                .param("amount", found.amount().minor())
                .param("reason", reason)
                .param("now", Columns.timestamp(now))
                .query((row, number) -> Noted.of(row, found.amount().currency()))
                .optional();
    }

    /** What a payment brought that did not go back, and is not on its way back either. */
    Remains remains(AccountSql sql, Payment payment, @Nullable UUID exceptRefund) {
        String currency = payment.amount().currency();
        return sql.statement(
                        """
                        SELECT coalesce(sum(amount_minor), 0) AS gone,
                               coalesce(sum(balance_minor), 0) AS from_balance
                          FROM refund
                         WHERE account_id = :account_id AND payment_id = :payment
                           AND status <> 'failed' AND id IS DISTINCT FROM :except::uuid
                        """)
                .param("payment", payment.id())
                .param("except", exceptRefund)
                .query(
                        (row, number) -> {
                            var gone = new Money(row.getLong("gone"), currency);
                            var fromBalance = new Money(row.getLong("from_balance"), currency);
                            return Remains.of(payment, gone, fromBalance);
                        })
                .single();
    }

    /**
     * What is left of a payment.
     *
     * @param inAll may be less than nothing, where it was disputed and refunded at the same time
     * @param onInvoice what is left of what its invoice needed
     * @param onBalance what is left of what became the customer's balance, if they did not use it
     */
    record Remains(Money inAll, Money onInvoice, Money onBalance) {
        private static Remains of(Payment payment, Money gone, Money fromBalance) {
            Money none = Money.zero(gone.currency());
            Money over = payment.amount().minus(payment.toInvoice()).minus(fromBalance);
            Money used = payment.toInvoice().minus(gone.minus(fromBalance));
            return new Remains(payment.amount().minus(gone), none.max(used), none.max(over));
        }
    }

    /** What a refund was taken from. */
    void takenFrom(AccountSql sql, UUID refundId, Money fromBalance, Money reopened) {
        sql.statement(
                        """
                        UPDATE refund SET balance_minor = :balance, reopened_minor = :reopened
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", refundId)
                .param("balance", fromBalance.minor())
                .param("reopened", reopened.minor())
                .update();
    }

    /** What went back of a payment is what its refunds come to. */
    void count(AccountSql sql, UUID paymentId) {
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
