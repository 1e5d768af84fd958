package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.intellij.lang.annotations.Language;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Corrections of the bound account's invoices. */
@Component
public class CreditNotes {
    @Language("SQL")
    private static final String COLUMNS =
            """
            SELECT credit_note.*, invoice.number AS invoice_number, invoice.tax_treatment,
                   invoice.tax_name, invoice.tax_percent, invoice.is_tax_inclusive
            """;

    private static final String ALL =
            """
              FROM credit_note
              JOIN invoice ON invoice.account_id = credit_note.account_id
                          AND invoice.id = credit_note.invoice_id
             WHERE credit_note.account_id = :account_id
            """;

    private final TenantTransactions transactions;
    private final Invoices invoices;
    private final InvoiceReading reading;
    private final Sellers sellers;
    private final DocumentNumbers numbers;
    private final CustomerBalance balance;
    private final AccountClock clock;
    private final AuditLog auditLog;
    private final InvoiceLetters letters;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    CreditNotes(
            TenantTransactions transactions,
            Invoices invoices,
            InvoiceReading reading,
            Sellers sellers,
            DocumentNumbers numbers,
            CustomerBalance balance,
            AccountClock clock,
            AuditLog auditLog,
            InvoiceLetters letters,
            JsonMapper json,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.invoices = invoices;
        this.reading = reading;
        this.sellers = sellers;
        this.numbers = numbers;
        this.balance = balance;
        this.clock = clock;
        this.auditLog = auditLog;
        this.letters = letters;
        this.json = json;
        this.events = events;
    }

    /**
     * Takes back an invoice, or a part of it. First it takes off what is still to be paid; what was
     * paid already goes to the customer's balance or back to them. Where nothing is due any more
     * and something was paid, the invoice is paid; where nothing was, what it was for is not
     * delivered. 409 where there is nothing to take back, or it cannot be refunded.
     *
     * @param amount with tax; null for all that is left of it
     */
    public CreditNote write(
            UUID invoiceId, @Nullable Money amount, String reason, CreditNote.Excess excess) {
        return transactions.write(
                sql -> {
                    CreditNote note = issue(sql, invoiceId, amount, reason, excess);
                    events.publishEvent(new CreditNoteIssued(note));
                    return note;
                });
    }

    /** Takes back a part of an invoice that is paid, for who sends that part back by themselves. */
    public CreditNote answer(UUID invoiceId, Money amount, String reason) {
        return transactions.write(
                sql -> issue(sql, invoiceId, amount, reason, CreditNote.Excess.REFUND));
    }

    private CreditNote issue(
            AccountSql sql,
            UUID invoiceId,
            @Nullable Money amount,
            String reason,
            CreditNote.Excess excess) {
        Invoice invoice = invoices.locked(sql, invoiceId);
        Money wanted = creditable(invoice, amount);
        Share share = share(invoice, wanted, excess);
        CreditNote note = get(insert(sql, invoice, share, reason));
        if (share.toBalance().isPositive()) {
            balance.add(
                    share.toBalance(),
                    CustomerBalance.Reason.CREDIT_NOTE,
                    invoiceId,
                    "Credit note " + note.number());
        }
        invoices.credited(sql, invoice, wanted, wanted.minus(share.offDue()));
        record(note);
        letters.credited(note);
        return note;
    }

    private static Money creditable(Invoice invoice, @Nullable Money wanted) {
        switch (invoice.status()) {
            case DRAFT, VOID ->
                    throw Problem.conflict(
                            "invoice_not_creditable",
                            "This invoice is "
                                    + invoice.status().key()
                                    + ": there is nothing to take back");
            case OPEN, PAID, UNCOLLECTIBLE -> {}
        }
        Money left = invoice.total().minus(invoice.credited());
        if (!left.isPositive()) {
            throw Problem.conflict(
                    "invoice_not_creditable", "All of this invoice is taken back already");
        }
        Money amount = Objects.requireNonNullElse(wanted, left);
        if (!amount.currency().equals(left.currency())
                || !amount.isPositive()
                || amount.compareTo(left) > 0) {
            throw Problem.invalid("amount", "Must be more than nothing and at most " + left.text());
        }
        return amount;
    }

    /** The parts of a credit note, as tax and as money. */
    private record Share(Tax.Amounts amounts, Money offDue, Money toBalance, Money toRefund) {}

    /**
     * The tax of all credit notes of an invoice together is rounded, not that of each: taken back
     * in parts it comes to the very tax that was charged.
     */
    private static Share share(Invoice invoice, Money amount, CreditNote.Excess excess) {
        Money before = invoice.credited();
        Money tax = taxOf(invoice, before.plus(amount)).minus(taxOf(invoice, before));
        Money offDue = amount.min(invoice.due());
        Money rest = amount.minus(offDue);
        Money none = Money.zero(invoice.currency());
        return new Share(
                new Tax.Amounts(amount.minus(tax), tax, amount),
                offDue,
                excess == CreditNote.Excess.BALANCE ? rest : none,
                excess == CreditNote.Excess.REFUND ? rest : none);
    }

    private static Money taxOf(Invoice invoice, Money credited) {
        return invoice.amounts()
                .tax()
                .share(
                        BigDecimal.valueOf(credited.minor()),
                        BigDecimal.valueOf(invoice.total().minor()));
    }

    private UUID insert(AccountSql sql, Invoice invoice, Share share, String reason) {
        Seller seller = sellers.current();
        Instant now = clock.now();
        return sql.statement(
                        """
                        INSERT INTO credit_note (account_id, invoice_id, number, currency,
                            subtotal_minor, tax_minor, total_minor, due_minor, balance_minor,
                            refund_minor, reason, billing_snapshot, seller_snapshot, issued_at,
                            issued_by)
                        VALUES (:account_id, :invoice, %s, :currency, :subtotal, :tax, :total,
                            :due, :balance, :refund, :reason, :buyer::jsonb, :seller::jsonb, :now,
                            :by)
                        RETURNING id
                        """
                                .formatted(DocumentNumbers.NEXT))
                .param("invoice", invoice.id())
                .param("currency", invoice.currency())
                .param("subtotal", share.amounts().subtotal().minor())
                .param("tax", share.amounts().tax().minor())
                .param("total", share.amounts().total().minor())
                .param("due", share.offDue().minor())
                .param("balance", share.toBalance().minor())
                .param("refund", share.toRefund().minor())
                .param("reason", reason)
                .param("buyer", json.writeValueAsString(invoice.billedTo()))
                .param("seller", json.writeValueAsString(invoice.soldBy()))
                .param("now", Columns.timestamp(now))
                .param("by", Tenancy.caller().userId())
                .params(numbers.ofCreditNote(seller, now))
                .query(UUID.class)
                .single();
    }

    private void record(CreditNote note) {
        auditLog.record(
                "credit_note.issued",
                "invoice:" + note.invoiceId(),
                Map.of(
                        "name", note.number(),
                        "invoice", note.invoiceNumber(),
                        "amount", note.total().toString(),
                        "to_balance", note.toBalance().toString(),
                        "to_refund", note.toRefund().toString(),
                        "reason", note.reason()));
    }

    /** A credit note of the account; 404 where there is none. */
    public CreditNote get(UUID id) {
        return transactions.read(
                sql ->
                        sql.statement(COLUMNS + ALL + " AND credit_note.id = :id")
                                .param("id", id)
                                .query(this::note)
                                .optional()
                                .orElseThrow(() -> Problem.notFound("Credit note")));
    }

    /** Those of an invoice, oldest first. */
    public List<CreditNote> of(UUID invoiceId) {
        return transactions.read(
                sql ->
                        sql.statement(
                                        COLUMNS
                                                + ALL
                                                + " AND invoice_id = :invoice"
                                                + " ORDER BY credit_note.issued_at, credit_note.id")
                                .param("invoice", invoiceId)
                                .query(this::note)
                                .list());
    }

    /** All of them, youngest first. */
    Page<CreditNote> page(PageRequest page) {
        var all = new PagedSelect(COLUMNS, ALL, "credit_note.issued_at DESC, credit_note.id DESC");
        return transactions.read(sql -> all.read(sql::statement, page, this::note));
    }

    private CreditNote note(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        return new CreditNote(
                Columns.uuid(row, "account_id"),
                Columns.uuid(row, "id"),
                Columns.uuid(row, "invoice_id"),
                row.getString("invoice_number"),
                row.getString("number"),
                InvoiceReading.tax(row),
                InvoiceReading.amounts(row),
                new Money(row.getLong("due_minor"), currency),
                new Money(row.getLong("balance_minor"), currency),
                new Money(row.getLong("refund_minor"), currency),
                row.getString("reason"),
                reading.party(row.getString("billing_snapshot")),
                reading.party(row.getString("seller_snapshot")),
                Columns.instant(row, "issued_at"));
    }
}
