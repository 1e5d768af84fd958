package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The invoices of the bound account: issued, settled, closed. */
@Component
public class Invoices {
    private final TenantTransactions transactions;
    private final InvoiceReading reading;
    private final InvoiceWriting writing;
    private final CustomerBalance balance;
    private final InvoiceLetters letters;
    private final AccountClock clock;
    private final ApplicationEventPublisher events;

    Invoices(
            TenantTransactions transactions,
            InvoiceReading reading,
            InvoiceWriting writing,
            CustomerBalance balance,
            InvoiceLetters letters,
            AccountClock clock,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.reading = reading;
        this.writing = writing;
        this.balance = balance;
        this.letters = letters;
        this.clock = clock;
        this.events = events;
    }

    /** What an invoice would come to if it were issued now. */
    public Tax.Amounts preview(NewInvoice wanted) {
        return writing.preview(wanted);
    }

    /**
     * Issues an invoice. The number is taken last, because whoever has taken one makes all others
     * wait until the transaction ends: issue at the end of yours. One over nothing is paid at once.
     */
    public Invoice issue(NewInvoice wanted) {
        return transactions.write(
                sql -> {
                    UUID id = writing.write(sql, wanted);
                    Invoice invoice = get(id);
                    events.publishEvent(new InvoiceIssued(invoice));
                    settle(id, Money.zero(invoice.currency()));
                    Invoice settled = get(id);
                    if (settled.due().isPositive()) {
                        letters.issued(settled);
                    }
                    return settled;
                });
    }

    /** An invoice of the account; 404 where there is none. */
    public Invoice get(UUID id) {
        return transactions.read(sql -> reading.find(sql, id)).orElseThrow(Invoices::notFound);
    }

    private static Problem notFound() {
        return Problem.notFound("Invoice");
    }

    /** Those of a status, or all; youngest first. */
    public Page<Invoice> page(PageRequest page, Invoice.@Nullable Status status) {
        return transactions.read(sql -> reading.page(sql, page, status));
    }

    /** The oldest invoice of a subscription that waits to be paid. */
    public Optional<Invoice> openFor(UUID subscriptionId) {
        return transactions.read(sql -> reading.openFor(sql, subscriptionId));
    }

    /** All invoices that wait to be paid, the oldest first. */
    public List<Invoice> open() {
        return transactions.read(reading::open);
    }

    /**
     * All invoices of a subscription that wait to be paid, locked until the transaction ends.
     * Payments lock an invoice before its subscription; who changes both does so too.
     */
    public List<Invoice> lockedOpen(UUID subscriptionId) {
        return transactions.write(
                sql ->
                        sql
                                .statement(
                                        """
                                        SELECT id FROM invoice
                                         WHERE account_id = :account_id
                                           AND subscription_id = :subscription
                                           AND status IN ('open', 'uncollectible')
                                         ORDER BY issued_at, number FOR UPDATE
                                        """)
                                .param("subscription", subscriptionId)
                                .query((row, number) -> Columns.uuid(row, "id"))
                                .list()
                                .stream()
                                .map(this::get)
                                .toList());
    }

    /**
     * Puts money that came in against an invoice. What it does not need becomes the customer's
     * balance; where nothing is due any more the invoice is paid, and told so.
     */
    public Invoice settle(UUID id, Money received) {
        if (received.isNegative()) {
            throw new IllegalArgumentException("Received " + received);
        }
        return transactions.write(
                sql -> {
                    Invoice before = locked(sql, id);
                    Money used = received.min(before.due());
                    if (received.compareTo(used) > 0) {
                        balance.add(
                                received.minus(used),
                                CustomerBalance.Reason.OVERPAYMENT,
                                before.id(),
                                "Paid more than was due on " + before.number());
                    }
                    boolean isPaid = before.status().isPayable() && used.equals(before.due());
                    count(sql, id, used, isPaid);
                    Invoice after = get(id);
                    if (isPaid) {
                        deliver(after);
                    }
                    return after;
                });
    }

    private void deliver(Invoice paid) {
        events.publishEvent(new InvoicePaid(paid));
        if (paid.paid().isPositive()) {
            letters.paid(paid);
        }
    }

    /**
     * Takes off what a credit note took back. Where that was all that was still due, nobody waits
     * for money any more; but what nothing was paid for is not delivered.
     */
    void credited(AccountSql sql, Invoice before, Money amount) {
        boolean isSettled = before.status().isPayable() && amount.compareTo(before.due()) >= 0;
        sql.statement(
                        """
                        UPDATE invoice SET credited_minor = credited_minor + :amount,
                               status = CASE WHEN :is_settled THEN 'paid' ELSE status END,
                               paid_at = CASE WHEN :is_settled THEN :now ELSE paid_at END
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", before.id())
                .param("amount", amount.minor())
                .param("is_settled", isSettled)
                .param("now", Columns.timestamp(clock.now()))
                .update();
        if (isSettled && before.paid().isPositive()) {
            deliver(get(before.id()));
        }
    }

    private void count(AccountSql sql, UUID id, Money used, boolean isPaid) {
        sql.statement(
                        """
                        UPDATE invoice SET paid_minor = paid_minor + :used,
                               status = CASE WHEN :is_paid THEN 'paid' ELSE status END,
                               paid_at = CASE WHEN :is_paid THEN :now ELSE paid_at END
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", id)
                .param("used", used.minor())
                .param("is_paid", isPaid)
                .param("now", Columns.timestamp(clock.now()))
                .update();
    }

    /** Takes an open invoice back; 409 where something was paid on it, or it is not open. */
    public Invoice annul(UUID id) {
        return close(id, Invoice.Status.VOID);
    }

    /** Gives an open invoice up; it can still be paid. 409 where it is not open. */
    public Invoice giveUp(UUID id) {
        return close(id, Invoice.Status.UNCOLLECTIBLE);
    }

    private Invoice close(UUID id, Invoice.Status status) {
        return transactions.write(
                sql -> {
                    Invoice before = locked(sql, id);
                    if (before.status() != Invoice.Status.OPEN) {
                        throw Problem.conflict(
                                "invoice_not_open", "This invoice is " + before.status().key());
                    }
                    if (status == Invoice.Status.VOID
                            && before.paid().plus(before.credited()).isPositive()) {
                        throw Problem.conflict(
                                "invoice_partly_paid",
                                "A part of this invoice is paid or taken back; write a credit note"
                                        + " instead");
                    }
                    sql.statement(
                                    """
                                    UPDATE invoice SET status = :status, closed_at = :now
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("id", id)
                            .param("status", status.key())
                            .param("now", Columns.timestamp(clock.now()))
                            .update();
                    return get(id);
                });
    }

    /** An invoice that nobody else changes until the transaction ends. */
    Invoice locked(AccountSql sql, UUID id) {
        return sql.statement(
                        """
                        SELECT id FROM invoice WHERE account_id = :account_id AND id = :id
                           FOR UPDATE
                        """)
                .param("id", id)
                .query(UUID.class)
                .optional()
                .map(this::get)
                .orElseThrow(Invoices::notFound);
    }
}
