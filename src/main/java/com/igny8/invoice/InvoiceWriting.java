package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.account.BillingProfile;
import com.igny8.account.Party;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;

import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Writes an invoice down: who sells, who buys, the tax between them, the lines, the number. */
@Component
class InvoiceWriting {
    private final Sellers sellers;
    private final BillingProfile profile;
    private final TaxRules taxRules;
    private final DocumentNumbers numbers;
    private final AccountClock clock;
    private final JsonMapper json;

    InvoiceWriting(
            Sellers sellers,
            BillingProfile profile,
            TaxRules taxRules,
            DocumentNumbers numbers,
            AccountClock clock,
            JsonMapper json) {
        this.sellers = sellers;
        this.profile = profile;
        this.taxRules = taxRules;
        this.numbers = numbers;
        this.clock = clock;
        this.json = json;
    }

    Tax.Amounts preview(NewInvoice wanted) {
        return tax(sellers.current(), profile.current(), clock.now()).on(wanted.sum());
    }

    private Tax tax(Seller seller, Party buyer, Instant now) {
        return taxRules.between(seller.party(), buyer, now);
    }

    /** Writes it, open and numbered; in the transaction that is there. */
    UUID write(AccountSql sql, NewInvoice wanted, Instant now) {
        Seller seller = sellers.current();
        UUID id = draft(sql, wanted, seller, now);
        addLines(sql, id, wanted.lines());
        number(sql, id, seller, now);
        return id;
    }

    private UUID draft(AccountSql sql, NewInvoice wanted, Seller seller, Instant now) {
        Party buyer = profile.current();
        Tax tax = tax(seller, buyer, now);
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
                .param("now", Columns.timestamp(now))
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

    private void number(AccountSql sql, UUID invoiceId, Seller seller, Instant now) {
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
}
