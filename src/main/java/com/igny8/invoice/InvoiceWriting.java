package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.account.BillingProfile;
import com.igny8.account.Party;
import com.igny8.kernel.Money;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Texts;

import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes an invoice down: who sells, who buys, the tax between them, the lines; then the number.
 */
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

    /** An invoice without a number, and who sells. */
    record Draft(Invoice invoice, Seller seller) {}

    /** Writes it down but for its number; in the transaction that is there. */
    Draft draft(AccountSql sql, NewInvoice wanted, Instant now) {
        Seller seller = sellers.current();
        Party buyer = profile.current();
        Tax tax = tax(seller, buyer, now);
        Tax.Amounts amounts = tax.on(wanted.sum());
        UUID id =
                sql.statement(
                                """
                                WITH draft AS (
                                    INSERT INTO invoice (account_id, status, purpose,
                                        subscription_id, subject, currency, subtotal_minor,
                                        tax_minor, total_minor, tax_treatment, tax_name,
                                        tax_percent, is_tax_inclusive, billing_snapshot,
                                        seller_snapshot, created_at)
                                    VALUES (:account_id, 'draft', :purpose, :subscription, :subject,
                                        :currency, :subtotal, :tax, :total, :treatment, :tax_name,
                                        :percent, :is_inclusive, :buyer::jsonb, :seller::jsonb,
                                        :now)
                                    RETURNING id
                                ), lines AS (
                                    INSERT INTO invoice_line (account_id, invoice_id, description,
                                        quantity, unit_minor, amount_minor, period_start,
                                        period_end, plan_version_id, position)
                                    SELECT :account_id, draft.id, line.*
                                      FROM draft, unnest(:descriptions::text[], :quantities::int[],
                                        :units::bigint[], :amounts::bigint[],
                                        :starts::timestamptz[], :ends::timestamptz[],
                                        :plan_versions::uuid[]) WITH ORDINALITY AS line
                                )
                                SELECT id FROM draft
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
                        .params(columns(wanted.lines()))
                        .query(UUID.class)
                        .single();
        Money nothing = Money.zero(wanted.currency());
        return new Draft(
                new Invoice(
                        sql.accountId(),
                        id,
                        null,
                        Invoice.Status.DRAFT,
                        wanted.purpose(),
                        wanted.subscriptionId(),
                        wanted.subject(),
                        tax,
                        amounts,
                        nothing,
                        nothing,
                        buyer,
                        seller.party(),
                        wanted.lines(),
                        now,
                        null,
                        null,
                        null,
                        null),
                seller);
    }

    private static Map<String, Object> columns(List<InvoiceLine> lines) {
        return Map.of(
                "descriptions",
                Texts.of(lines, InvoiceLine::description),
                "quantities",
                Texts.of(lines, InvoiceLine::quantity),
                "units",
                Texts.of(lines, line -> line.unit().minor()),
                "amounts",
                Texts.of(lines, line -> line.amount().minor()),
                "starts",
                Texts.of(lines, InvoiceLine::periodStart),
                "ends",
                Texts.of(lines, InvoiceLine::periodEnd),
                "plan_versions",
                Texts.of(lines, InvoiceLine::planVersionId));
    }

    /**
     * Issues a draft. Its number is the last that is taken in the transaction, but for what names
     * it.
     *
     * @param paid what is there for it already
     */
    Invoice issue(AccountSql sql, Draft draft, Money paid, Instant now) {
        Invoice it = draft.invoice();
        Invoice.Status status = paid.equals(it.total()) ? Invoice.Status.PAID : Invoice.Status.OPEN;
        Instant paidAt = status == Invoice.Status.PAID ? now : null;
        Instant due = now.plus(Duration.ofDays(draft.seller().daysToPay()));
        String number =
                sql.statement(
                                """
                                UPDATE invoice
                                   SET status = :status, paid_minor = :paid, issued_at = :now,
                                       due_at = :due, paid_at = :paid_at, first_paid_at = :paid_at,
                                       number = %s
                                 WHERE account_id = :account_id AND id = :id
                                RETURNING number
                                """
                                        .formatted(DocumentNumbers.NEXT))
                        .param("id", it.id())
                        .param("status", status.key())
                        .param("paid", paid.minor())
                        .param("now", Columns.timestamp(now))
                        .param("due", Columns.timestamp(due))
                        .param("paid_at", Columns.timestamp(paidAt))
                        .params(numbers.ofInvoice(draft.seller(), now))
                        .query(String.class)
                        .single();
        return new Invoice(
                it.accountId(),
                it.id(),
                number,
                status,
                it.purpose(),
                it.subscriptionId(),
                it.subject(),
                it.tax(),
                it.amounts(),
                paid,
                it.credited(),
                it.billedTo(),
                it.soldBy(),
                it.lines(),
                it.createdAt(),
                now,
                due,
                paidAt,
                paidAt);
    }
}
