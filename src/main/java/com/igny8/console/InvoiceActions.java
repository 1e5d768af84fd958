package com.igny8.console;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.billing.Reinstatement;
import com.igny8.invoice.CreditNote;
import com.igny8.invoice.CreditNotes;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceSearch;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Money;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** What operators do to a customer's invoices: written down there, with who did it and why. */
@Component
class InvoiceActions {
    private final PlatformTransactions platform;
    private final InvoiceSearch search;
    private final Invoices invoices;
    private final CreditNotes creditNotes;
    private final Reinstatement reinstatement;
    private final Accounts accounts;
    private final AuditLog auditLog;
    private final Idempotency idempotency;

    InvoiceActions(
            PlatformTransactions platform,
            InvoiceSearch search,
            Invoices invoices,
            CreditNotes creditNotes,
            Reinstatement reinstatement,
            Accounts accounts,
            AuditLog auditLog,
            Idempotency idempotency) {
        this.platform = platform;
        this.search = search;
        this.invoices = invoices;
        this.creditNotes = creditNotes;
        this.reinstatement = reinstatement;
        this.accounts = accounts;
        this.auditLog = auditLog;
        this.idempotency = idempotency;
    }

    /** An invoice as the operator sees it. */
    record Facts(Account account, Invoice invoice, List<CreditNote> creditNotes) {}

    Facts facts(UUID invoiceId) {
        return Desk.on(
                search.accountOf(invoiceId),
                () ->
                        new Facts(
                                accounts.current(),
                                invoices.get(invoiceId),
                                creditNotes.of(invoiceId)));
    }

    CreditNote creditNote(UUID id) {
        return Desk.on(search.accountOfCreditNote(id), () -> creditNotes.get(id));
    }

    /** Takes an open invoice back, as if it had never been sent. */
    void annul(UUID invoiceId, Reason reason) {
        close(
                invoiceId,
                "invoice.voided",
                reason,
                () -> {
                    Invoice annulled = invoices.annul(invoiceId);
                    reinstatement.withdrawn();
                    return annulled;
                });
    }

    /** Expects no more money for an open invoice. */
    void giveUp(UUID invoiceId, Reason reason) {
        close(invoiceId, "invoice.written_off", reason, () -> invoices.giveUp(invoiceId));
    }

    private void close(UUID invoiceId, String action, Reason reason, Supplier<Invoice> closing) {
        UUID accountId = search.accountOf(invoiceId);
        platform.run(
                jdbc ->
                        Desk.on(
                                accountId,
                                () -> {
                                    Invoice closed = closing.get();
                                    auditLog.record(
                                            action,
                                            "invoice:" + invoiceId,
                                            Map.of(
                                                    "name", String.valueOf(closed.number()),
                                                    "reason", reason.text()));
                                    return closed;
                                }));
    }

    /**
     * What is to be taken back.
     *
     * @param amount with tax, in major units; null for all that is left
     */
    record Correction(@Nullable String amount, Reason reason, CreditNote.Excess excess) {}

    /** Writes a credit note; once for each idempotency key. */
    CreditNote correct(UUID invoiceId, Correction correction, IdempotencyKey key) {
        return Desk.on(
                search.accountOf(invoiceId),
                () -> {
                    UUID written =
                            idempotency.once(
                                    key,
                                    UUID.class,
                                    () -> written(invoices.get(invoiceId), correction).id());
                    return creditNotes.get(written);
                });
    }

    private CreditNote written(Invoice invoice, Correction correction) {
        String typed = correction.amount();
        Money amount = typed == null ? null : Money.require("amount", typed, invoice.currency());
        return creditNotes.write(
                invoice.id(), amount, correction.reason().text(), correction.excess());
    }
}
