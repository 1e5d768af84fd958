package com.igny8.bank;

import com.igny8.account.Accounts;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** For operators: the transfers that are waited for. */
@Component
public class BankTransferQueue {
    private static final String COLUMNS =
            """
            SELECT invoice.account_id, account.name AS account_name, invoice.id, number, currency,
                   total_minor - paid_minor - credited_minor + returned_minor AS due_minor,
                   due_at,
                   coalesce(billing_snapshot ->> 'name', account.name) AS billed_to, reference,
                   CASE WHEN declined_at IS NULL THEN announced_at END AS announced_at
            """;

    private static final String OPEN =
            """
              FROM invoice
              JOIN account ON account.id = invoice.account_id AND account.deleted_at IS NULL
              LEFT JOIN bank_transfer transfer
                ON transfer.account_id = invoice.account_id AND transfer.invoice_id = invoice.id
             WHERE invoice.status IN ('open', 'uncollectible')
            """;

    private final PlatformTransactions platform;
    private final Accounts accounts;
    private final Invoices invoices;
    private final BankTransfers transfers;
    private final BankTransferLetters letters;
    private final AuditLog auditLog;

    BankTransferQueue(
            PlatformTransactions platform,
            Accounts accounts,
            Invoices invoices,
            BankTransfers transfers,
            BankTransferLetters letters,
            AuditLog auditLog) {
        this.platform = platform;
        this.accounts = accounts;
        this.invoices = invoices;
        this.transfers = transfers;
        this.letters = letters;
        this.auditLog = auditLog;
    }

    /** Those that customers announced first, then those that should come. */
    public Page<BankTransferWaiting> waiting(PageRequest page) {
        var waiting =
                new PagedSelect(
                        COLUMNS,
                        OPEN
                                + """
                                   AND reference IS NOT NULL
                                   AND (:pattern::text IS NULL OR account.name ILIKE :pattern
                                        OR number ILIKE :pattern OR reference ILIKE :pattern)
                                """,
                        "announced_at NULLS LAST, due_at, invoice.id");
        return platform.read(jdbc -> waiting.read(jdbc::sql, page, BankTransferQueue::waiting));
    }

    /** All open invoices, up to so many, the oldest first: what money that came in may be for. */
    List<BankTransferWaiting> open(int most) {
        return platform.read(
                jdbc ->
                        jdbc.sql(COLUMNS + OPEN + " ORDER BY issued_at LIMIT :most")
                                .param("most", most)
                                .query(BankTransferQueue::waiting)
                                .list());
    }

    /** An open invoice of an account; 404 where there is none, or nothing is due on it. */
    public BankTransferWaiting get(UUID accountId, UUID invoiceId) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        COLUMNS
                                                + OPEN
                                                + " AND invoice.account_id = :account"
                                                + " AND invoice.id = :invoice")
                                .param("account", accountId)
                                .param("invoice", invoiceId)
                                .query(BankTransferQueue::waiting)
                                .optional()
                                .orElseThrow(() -> Problem.notFound("Open invoice")));
    }

    private static BankTransferWaiting waiting(ResultSet row, int number) throws SQLException {
        return new BankTransferWaiting(
                Columns.uuid(row, "account_id"),
                row.getString("account_name"),
                Columns.uuid(row, "id"),
                row.getString("number"),
                new Money(row.getLong("due_minor"), row.getString("currency")),
                Columns.instant(row, "due_at"),
                row.getString("billed_to"),
                row.getString("reference"),
                Columns.instantOrNull(row, "announced_at"));
    }

    /** What a customer sent as a proof; that somebody looked at it is written down. */
    public BankTransferProof proof(UUID accountId, UUID invoiceId) {
        return on(
                accountId,
                () -> {
                    BankTransferProof proof =
                            transfers.proof(invoiceId).orElseThrow(() -> Problem.notFound("Proof"));
                    auditLog.record("bank_transfer.proof_read", "invoice:" + invoiceId, Map.of());
                    return proof;
                });
    }

    /**
     * Tells the customer that the money did not come.
     *
     * @param reason why one thinks so, in one line of up to 500 characters
     */
    public void decline(UUID accountId, UUID invoiceId, String reason) {
        platform.run(
                jdbc ->
                        on(
                                accountId,
                                () -> {
                                    Invoice invoice = invoices.get(invoiceId);
                                    transfers.decline(invoiceId, reason);
                                    letters.postDeclined(invoice, reason);
                                    return true;
                                }));
    }

    private <T> T on(UUID accountId, Supplier<T> work) {
        UUID customer = accounts.customer(accountId).id();
        return Tenancy.as(Tenancy.caller().asOwnerOf(customer), work::get);
    }
}
