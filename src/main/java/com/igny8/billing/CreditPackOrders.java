package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.CreditPack;
import com.igny8.catalog.CreditPacks;
import com.igny8.credit.Entry;
import com.igny8.credit.Ledger;
import com.igny8.credit.NewGrant;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Problem;
import com.igny8.payment.PaymentMethods;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Credits that the bound account buys beside its plan. */
@Component
class CreditPackOrders {
    /** Used after what ends with the month, before what an operator gave. */
    private static final int PRIORITY = (NewGrant.WITH_THE_PLAN + NewGrant.BY_HAND) / 2;

    private final TenantTransactions transactions;
    private final CreditPacks packs;
    private final Invoices invoices;
    private final PaymentMethods paymentMethods;
    private final Ledger ledger;
    private final BillingLetters letters;
    private final AuditLog auditLog;
    private final AccountClock clock;

    CreditPackOrders(
            TenantTransactions transactions,
            CreditPacks packs,
            Invoices invoices,
            PaymentMethods paymentMethods,
            Ledger ledger,
            BillingLetters letters,
            AuditLog auditLog,
            AccountClock clock) {
        this.transactions = transactions;
        this.packs = packs;
        this.invoices = invoices;
        this.paymentMethods = paymentMethods;
        this.ledger = ledger;
        this.letters = letters;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Bills a pack; 404 where it is not on offer. The credits come when it is paid. */
    Invoice place(String slug) {
        Tenancy.caller().require(Role.OWNER);
        CreditPack pack = packs.requireOnOffer(slug);
        if (paymentMethods.byDefault().isEmpty()) {
            throw Problem.conflict(
                    "payment_method_missing", "Choose how to pay first, under Payments");
        }
        return transactions.write(
                sql -> {
                    Invoice invoice = invoices.issue(invoice(pack));
                    sql.statement(
                                    """
                                    INSERT INTO credit_pack_order (account_id, invoice_id, slug,
                                        credits, valid_months)
                                    VALUES (:account_id, :invoice, :slug, :credits, :months)
                                    """)
                            .param("invoice", invoice.id())
                            .param("slug", pack.slug())
                            .param("credits", pack.credits())
                            .param("months", pack.validMonths())
                            .update();
                    auditLog.record(
                            "credit_pack.ordered",
                            "invoice:" + invoice.id(),
                            Map.of("name", pack.name()));
                    if (invoice.status() == Invoice.Status.PAID) {
                        deliver(invoice);
                    }
                    return invoice;
                });
    }

    private static NewInvoice invoice(CreditPack pack) {
        return new NewInvoice(
                Invoice.Purpose.CREDIT_PACK,
                null,
                pack.slug(),
                pack.price().currency(),
                List.of(InvoiceLine.of(pack.name(), 1, pack.price())));
    }

    private record Ordered(long credits, int validMonths) {}

    /**
     * Once, however often it is paid. One paid at its issue is delivered when it is written down.
     */
    void deliver(Invoice invoice) {
        Instant now = clock.now();
        transactions
                .write(
                        sql ->
                                sql.statement(
                                                """
                                                UPDATE credit_pack_order SET granted_at = :now
                                                 WHERE account_id = :account_id
                                                   AND invoice_id = :invoice AND granted_at IS NULL
                                                RETURNING credits, valid_months
                                                """)
                                        .param("invoice", invoice.id())
                                        .param("now", Columns.timestamp(now))
                                        .query(
                                                (row, number) ->
                                                        new Ordered(
                                                                row.getLong("credits"),
                                                                row.getInt("valid_months")))
                                        .optional())
                .ifPresent(ordered -> grant(ordered, now, invoice));
    }

    private void grant(Ordered ordered, Instant now, Invoice invoice) {
        Instant until = Months.after(now, ordered.validMonths());
        ledger.grant(
                new NewGrant(
                        Entry.Type.PURCHASE,
                        ordered.credits(),
                        "invoice:" + invoice.number(),
                        PRIORITY,
                        until,
                        "Bought: %,d credits".formatted(ordered.credits())));
        letters.creditsAdded(ordered.credits(), until);
    }
}
