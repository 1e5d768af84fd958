package com.igny8.payment;

import com.igny8.invoice.CustomerBalance;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Money;
import com.igny8.tenancy.AccountSql;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What money that goes back is taken from: first what the payment left in the customer's balance,
 * then its invoice, which is to be paid again unless a credit note answers for it.
 */
@Component
class Reversals {
    private static final Logger LOG = LoggerFactory.getLogger(Reversals.class);

    private final RefundRows rows;
    private final Invoices invoices;
    private final CustomerBalance balance;

    Reversals(RefundRows rows, Invoices invoices, CustomerBalance balance) {
        this.rows = rows;
        this.invoices = invoices;
        this.balance = balance;
    }

    /**
     * Where an amount is taken from.
     *
     * @param fromBalance may be more than is there: it was used by then
     * @param most what can be taken at all
     */
    record Split(Money fromBalance, Money fromInvoice, Money most) {}

    Split split(AccountSql sql, Payment payment, Money amount, @Nullable UUID exceptRefund) {
        RefundRows.Remains remains = rows.remains(sql, payment, exceptRefund);
        Money there = balance.of(amount.currency());
        Money onInvoice = remains.onInvoice().min(invoice(payment).paid());
        Money kept = amount.min(remains.onBalance()).min(there);
        Money fromInvoice = amount.minus(kept).min(onInvoice);
        return new Split(amount.minus(fromInvoice), fromInvoice, onInvoice.plus(there));
    }

    private Invoice invoice(Payment payment) {
        return invoices.get(invoiceId(payment));
    }

    private static UUID invoiceId(Payment payment) {
        return Objects.requireNonNull(payment.invoiceId());
    }

    /**
     * The money of a refund is gone.
     *
     * @return what is to be paid again on the payment's invoice
     */
    Money carryOut(AccountSql sql, Payment payment, RefundRows.Noted refund, Instant now) {
        Money amount = refund.amount().minus(refund.fromBalance());
        if (refund.isAnswered() || amount.isZero()) {
            return Money.zero(amount.currency());
        }
        Split split = split(sql, payment, amount, refund.id());
        Money reopened = invoices.reopen(invoiceId(payment), split.fromInvoice());
        Money taken = takeFromBalance(sql, payment, amount.minus(reopened), now);
        rows.takenFrom(sql, refund.id(), refund.fromBalance().plus(taken), reopened);
        return reopened;
    }

    /** What is not there any more has paid other invoices: they are to be paid again instead. */
    private Money takeFromBalance(AccountSql sql, Payment payment, Money amount, Instant now) {
        Money missing = amount.minus(balance.of(amount.currency()));
        if (missing.isPositive()) {
            refill(sql, missing, now);
        }
        Money taken =
                balance.take(
                        amount,
                        CustomerBalance.Reason.REFUND,
                        payment.invoiceId(),
                        "Went back with the payment it came from");
        if (taken.compareTo(amount) < 0) {
            LOG.error("{} of payment {} is nowhere", amount.minus(taken), payment.id());
        }
        return taken;
    }

    private void refill(AccountSql sql, Money wanted, Instant now) {
        Money missing = wanted;
        for (Payment paid : paidFromBalance(sql, wanted.currency())) {
            Money part =
                    invoices.reopen(
                            invoiceId(paid), missing.min(paid.amount().minus(paid.refunded())));
            if (part.isPositive()) {
                note(sql, paid, part, now);
                missing = missing.minus(part);
            }
        }
    }

    /** The youngest first. */
    private static List<Payment> paidFromBalance(AccountSql sql, String currency) {
        return sql.statement(
                        """
                        SELECT * FROM payment
                         WHERE account_id = :account_id AND provider = 'balance'
                           AND currency = :currency
                           AND status IN ('succeeded', 'partially_refunded')
                         ORDER BY settled_at DESC, id DESC
                        """)
                .param("currency", currency)
                .query(Payments::payment)
                .list();
    }

    private void note(AccountSql sql, Payment paid, Money part, Instant now) {
        rows.note(
                        sql,
                        paid.id(),
                        new ProviderPayment.Refunded(
                                UUID.randomUUID().toString(), null, part, RefundStatus.SUCCEEDED),
                        "Paid with money that went back",
                        now)
                .ifPresent(
                        noted ->
                                rows.takenFrom(sql, noted.id(), Money.zero(part.currency()), part));
        rows.count(sql, paid.id());
        balance.add(
                part,
                CustomerBalance.Reason.REFUND,
                invoiceId(paid),
                "Taken back from what it had paid");
    }

    /** The money did not go back: it is the customer's again, and pays what was open for it. */
    void undo(AccountSql sql, Payment payment, RefundRows.Noted refund) {
        Money none = Money.zero(refund.amount().currency());
        Money kept =
                refund.isAnswered()
                        ? refund.amount().minus(refund.reopened())
                        : refund.fromBalance();
        if (kept.isPositive()) {
            balance.add(
                    kept,
                    CustomerBalance.Reason.REFUND,
                    payment.invoiceId(),
                    "Could not be sent back");
        }
        if (refund.reopened().isPositive()) {
            invoices.settle(invoiceId(payment), refund.reopened());
        }
        rows.takenFrom(sql, refund.id(), none, none);
    }
}
