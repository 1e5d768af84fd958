package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.kernel.Money;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.UUID;

/** How the rows of issued invoices move on; all else of them is never changed. */
@Component
class InvoiceMoves {
    private final AccountClock clock;

    InvoiceMoves(AccountClock clock) {
        this.clock = clock;
    }

    void pay(AccountSql sql, UUID id, Money used, boolean isPaid) {
        sql.statement(
                        """
                        UPDATE invoice SET paid_minor = paid_minor + :used,
                               status = CASE WHEN :is_paid THEN 'paid' ELSE status END,
                               paid_at = CASE WHEN :is_paid THEN :now ELSE paid_at END,
                               first_paid_at = CASE WHEN :is_paid THEN coalesce(first_paid_at, :now)
                                   ELSE first_paid_at END
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("used", used.minor())
                .param("is_paid", isPaid)
                .param("now", Columns.timestamp(clock.now()))
                .update();
    }

    void credit(AccountSql sql, UUID id, Money amount, Money returned, boolean isSettled) {
        sql.statement(
                        """
                        UPDATE invoice SET credited_minor = credited_minor + :amount,
                               returned_minor = returned_minor + :returned,
                               status = CASE WHEN :is_settled THEN 'paid' ELSE status END,
                               paid_at = CASE WHEN :is_settled THEN :now ELSE paid_at END,
                               first_paid_at = CASE WHEN :is_settled
                                   THEN coalesce(first_paid_at, :now) ELSE first_paid_at END
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("amount", amount.minor())
                .param("returned", returned.minor())
                .param("is_settled", isSettled)
                .param("now", Columns.timestamp(clock.now()))
                .update();
    }

    void takeBack(AccountSql sql, UUID id, Money taken) {
        sql.statement(
                        """
                        UPDATE invoice SET paid_minor = paid_minor - :taken, paid_at = NULL,
                               status = CASE WHEN status = 'paid' THEN 'open' ELSE status END
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("taken", taken.minor())
                .update();
    }

    void close(AccountSql sql, UUID id, Invoice.Status status) {
        sql.statement(
                        """
                        UPDATE invoice SET status = :status, closed_at = :now
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("status", status.key())
                .param("now", Columns.timestamp(clock.now()))
                .update();
    }

    void serve(AccountSql sql, UUID id, Instant from, Instant end) {
        sql.statement(
                        """
                        UPDATE invoice SET service_start = :from, service_end = :end
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("from", Columns.timestamp(from))
                .param("end", Columns.timestamp(end))
                .update();
    }
}
