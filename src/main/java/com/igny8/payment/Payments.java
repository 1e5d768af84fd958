package com.igny8.payment;

import com.igny8.account.AccountClock;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.PaidFromBalance;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The payments of the bound account. */
@Component
public class Payments {
    private final TenantTransactions transactions;
    private final Invoices invoices;
    private final AccountClock clock;
    private final ApplicationEventPublisher events;

    Payments(
            TenantTransactions transactions,
            Invoices invoices,
            AccountClock clock,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.invoices = invoices;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Writes down money that came in and puts it against its invoice, in one transaction; 409 where
     * this very payment is there already.
     */
    public Payment received(NewPayment payment) {
        return transactions.write(
                sql -> {
                    Invoice invoice = invoices.locked(payment.invoiceId());
                    Payment received = insert(sql, payment, payment.amount().min(invoice.due()));
                    invoices.settle(invoice, payment.amount());
                    events.publishEvent(new PaymentSettled(received, new Outcome.Succeeded()));
                    return received;
                });
    }

    private Payment insert(AccountSql sql, NewPayment payment, Money toInvoice) {
        try {
            return sql.statement(
                            """
                            INSERT INTO payment (account_id, invoice_id, provider,
                                provider_reference, status, amount_minor, invoice_minor, currency,
                                payer_name, proof_url, confirmed_by, created_at, settled_at)
                            VALUES (:account_id, :invoice, :provider, :reference, 'succeeded',
                                :amount, :to_invoice, :currency, :payer, :proof, :confirmed_by,
                                :now, :now)
                            RETURNING *
                            """)
                    .param("invoice", payment.invoiceId())
                    .param("provider", payment.provider())
                    .param("reference", payment.reference())
                    .param("amount", payment.amount().minor())
                    .param("to_invoice", toInvoice.minor())
                    .param("currency", payment.amount().currency())
                    .param("payer", payment.payerName())
                    .param("proof", payment.proofUrl())
                    .param("confirmed_by", payment.confirmedBy())
                    .param("now", Columns.timestamp(clock.now()))
                    .query(Payments::payment)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict("payment_exists", "This payment is written down already");
        }
    }

    /** Whether a transfer that arrived pays an invoice, or a part of it. */
    public boolean isByBankTransfer(UUID invoiceId) {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT EXISTS (SELECT FROM payment
                                            WHERE account_id = :account_id
                                              AND invoice_id = :invoice
                                              AND provider = 'bank_transfer'
                                              AND status = 'succeeded')
                                        """)
                                .param("invoice", invoiceId)
                                .query(Boolean.class)
                                .single());
    }

    /** What the customer has with us is a payment as any other. */
    @EventListener
    void onPaidFromBalance(PaidFromBalance paid) {
        var payment =
                new NewPayment(
                        paid.invoiceId(), Payment.BALANCE, null, paid.amount(), null, null, null);
        Payment received = transactions.write(sql -> insert(sql, payment, paid.amount()));
        events.publishEvent(new PaymentSettled(received, new Outcome.Succeeded()));
    }

    static Payment payment(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        return new Payment(
                Columns.uuid(row, "account_id"),
                Columns.uuid(row, "id"),
                Columns.uuidOrNull(row, "invoice_id"),
                row.getString("provider"),
                row.getString("provider_reference"),
                Payment.Status.of(row.getString("status")),
                new Money(row.getLong("amount_minor"), currency),
                new Money(row.getLong("refunded_minor"), currency),
                new Money(row.getLong("invoice_minor"), currency),
                row.getString("payer_name"),
                row.getString("failure_message"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "settled_at"));
    }
}
