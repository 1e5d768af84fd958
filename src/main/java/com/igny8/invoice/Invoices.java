package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.account.BillingProfile;
import com.igny8.account.Party;
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

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The invoices of the bound account: issued, settled, closed. */
@Component
public class Invoices {
    private final TenantTransactions transactions;
    private final InvoiceReading reading;
    private final Sellers sellers;
    private final BillingProfile profile;
    private final TaxRules taxRules;
    private final DocumentNumbers numbers;
    private final CustomerBalance balance;
    private final InvoiceLetters letters;
    private final AccountClock clock;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    Invoices(
            TenantTransactions transactions,
            InvoiceReading reading,
            Sellers sellers,
            BillingProfile profile,
            TaxRules taxRules,
            DocumentNumbers numbers,
            CustomerBalance balance,
            InvoiceLetters letters,
            AccountClock clock,
            JsonMapper json,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.reading = reading;
        this.sellers = sellers;
        this.profile = profile;
        this.taxRules = taxRules;
        this.numbers = numbers;
        this.balance = balance;
        this.letters = letters;
        this.clock = clock;
        this.json = json;
        this.events = events;
    }

    /** What an invoice would come to if it were issued now. */
    public Tax.Amounts preview(NewInvoice wanted) {
        return tax(sellers.current(), profile.current()).on(wanted.sum());
    }

    private Tax tax(Seller seller, Party buyer) {
        return taxRules.between(seller.party(), buyer, clock.now());
    }

    /**
     * Issues an invoice. The number is taken last, because whoever has taken one makes all others
     * wait until the transaction ends: issue at the end of yours. One over nothing is paid at once.
     */
    public Invoice issue(NewInvoice wanted) {
        return transactions.write(
                sql -> {
                    Seller seller = sellers.current();
                    UUID id = draft(sql, wanted, seller, profile.current());
                    addLines(sql, id, wanted.lines());
                    number(sql, id, seller);
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

    private UUID draft(AccountSql sql, NewInvoice wanted, Seller seller, Party buyer) {
        Tax tax = tax(seller, buyer);
        Tax.Amounts amounts = tax.on(wanted.sum());
        return sql.statement(
                        """
                        INSERT INTO invoice (account_id, status, purpose, subscription_id, subject,
                            currency, subtotal_minor, tax_minor, total_minor, tax_treatment,
                            tax_name, tax_percent, is_tax_inclusive, billing_snapshot,
                            seller_snapshot, created_at)
                        VALUES (:account_id, 'draft', :purpose, :subscription, :subject, :currency,
                            :subtotal, :tax, :total, :treatment, :tax_name, :percent, :is_inclusive,
                            :buyer::jsonb, :seller::jsonb, :now)
                        RETURNING id
                        """)
                .param("purpose", wanted.purpose().key())
                .param("subscription", wanted.subscriptionId())
                .param("subject", wanted.subject())
                .param("currency", wanted.currency())
                .param("subtotal", amounts.subtotal().minor())
                .param("tax", amounts.tax().minor())
                .param("total", amounts.total().minor())
                .param("treatment", tax.treatment().key())
                .param("tax_name", tax.name())
                .param("percent", tax.percent())
                .param("is_inclusive", tax.isInclusive())
                .param("buyer", json.writeValueAsString(buyer))
                .param("seller", json.writeValueAsString(seller.party()))
                .param("now", Columns.timestamp(clock.now()))
                .query(UUID.class)
                .single();
    }

    private static void addLines(AccountSql sql, UUID invoiceId, List<InvoiceLine> lines) {
        int position = 0;
        for (InvoiceLine line : lines) {
            position++;
            sql.statement(
                            """
                            INSERT INTO invoice_line (account_id, invoice_id, position, description,
                                quantity, unit_minor, amount_minor, period_start, period_end,
                                plan_version_id)
                            VALUES (:account_id, :invoice, :position, :description, :quantity,
                                :unit, :amount, :start, :end, :plan_version)
                            """)
                    .param("invoice", invoiceId)
                    .param("position", position)
                    .param("description", line.description())
                    .param("quantity", line.quantity())
                    .param("unit", line.unit().minor())
                    .param("amount", line.amount().minor())
                    .param("start", Columns.timestamp(line.periodStart()))
                    .param("end", Columns.timestamp(line.periodEnd()))
                    .param("plan_version", line.planVersionId())
                    .update();
        }
    }

    private void number(AccountSql sql, UUID invoiceId, Seller seller) {
        Instant now = clock.now();
        sql.statement(
                        """
                        UPDATE invoice
                           SET status = 'open', number = :number, issued_at = :now, due_at = :due
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("id", invoiceId)
                .param("now", Columns.timestamp(now))
                .param("due", Columns.timestamp(now.plus(Duration.ofDays(seller.daysToPay()))))
                .param("number", numbers.ofInvoice(sql, seller, now))
                .update();
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

    /** Gives an open invoice up; it can still be paid. */
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
