package com.igny8.bank;

import com.igny8.account.AccountClock;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceIssued;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Problem;
import com.igny8.payment.PaymentType;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.SecretBox;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The bank transfers that the bound account's invoices are, or may be, paid by. */
@Component
@EnableConfigurationProperties(BankAccount.class)
class BankTransfers {
    private static final int MAX_NAME = 120;

    private final TenantTransactions transactions;
    private final Invoices invoices;
    private final BankAccount account;
    private final SecretBox secretBox;
    private final AuditLog auditLog;
    private final AccountClock clock;

    BankTransfers(
            TenantTransactions transactions,
            Invoices invoices,
            BankAccount account,
            SecretBox secretBox,
            AuditLog auditLog,
            AccountClock clock) {
        this.transactions = transactions;
        this.invoices = invoices;
        this.account = account;
        this.secretBox = secretBox;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Who pays by transfer has a reference from the beginning. */
    @EventListener
    void onIssued(InvoiceIssued issued) {
        if (!issued.invoice().due().isPositive()) {
            return;
        }
        transactions.run(
                sql -> {
                    boolean paysSo =
                            sql.statement(
                                            """
                                            SELECT EXISTS (SELECT FROM payment_method
                                                WHERE account_id = :account_id AND is_default
                                                  AND type = :type)
                                            """)
                                    .param("type", PaymentType.BANK_TRANSFER.key())
                                    .query(Boolean.class)
                                    .single();
                    if (paysSo) {
                        open(sql, issued.invoice().id());
                    }
                });
    }

    private void open(AccountSql sql, UUID invoiceId) {
        sql.statement(
                        """
                        INSERT INTO bank_transfer (account_id, invoice_id, reference, created_at)
                        VALUES (:account_id, :invoice, :reference, :now)
                        ON CONFLICT (account_id, invoice_id) DO NOTHING
                        """)
                .param("invoice", invoiceId)
                .param("reference", BankTransferReference.fresh().text())
                .param("now", Columns.timestamp(clock.now()))
                .update();
    }

    /** How to pay an invoice; 409 where there is nothing to pay on it. */
    BankTransfer of(UUID invoiceId) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(sql -> read(sql, payable(invoiceId)));
    }

    private Invoice payable(UUID invoiceId) {
        return invoices.get(invoiceId).requireDue();
    }

    private BankTransfer read(AccountSql sql, Invoice invoice) {
        return sql.statement(
                        """
                        SELECT reference, proof_name, announced_at, declined_reason
                          FROM bank_transfer
                         WHERE account_id = :account_id AND invoice_id = :invoice
                        """)
                .param("invoice", invoice.id())
                .query((row, number) -> transfer(invoice, row))
                .optional()
                .orElseGet(() -> new BankTransfer(invoice, account, null, null, null, null));
    }

    private BankTransfer transfer(Invoice invoice, ResultSet row) throws SQLException {
        return new BankTransfer(
                invoice,
                account,
                new BankTransferReference(row.getString("reference")).grouped(),
                row.getString("proof_name"),
                Columns.instantOrNull(row, "announced_at"),
                row.getString("declined_reason"));
    }

    /** Gives an invoice its reference, where it has none yet. */
    BankTransfer begin(UUID invoiceId) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    Invoice invoice = payable(invoiceId);
                    open(sql, invoiceId);
                    return read(sql, invoice);
                });
    }

    /** Keeps a file that shows that the money was sent; it takes the place of an earlier one. */
    BankTransfer announce(UUID invoiceId, String fileName, byte[] content) {
        Tenancy.caller().require(Role.ADMIN);
        ProofType type = ProofType.require(content);
        return transactions.write(
                sql -> {
                    Invoice invoice = payable(invoiceId);
                    open(sql, invoiceId);
                    sql.statement(
                                    """
                                    UPDATE bank_transfer
                                       SET proof = :proof, proof_name = :name, proof_type = :type,
                                           announced_at = :now, declined_at = NULL,
                                           declined_reason = NULL
                                     WHERE account_id = :account_id AND invoice_id = :invoice
                                    """)
                            .param("proof", secretBox.seal(content))
                            .param("name", shortened(fileName, type))
                            .param("type", type.mediaType())
                            .param("now", Columns.timestamp(clock.now()))
                            .param("invoice", invoiceId)
                            .update();
                    auditLog.record(
                            "bank_transfer.announced",
                            "invoice:" + invoiceId,
                            Map.of("name", String.valueOf(invoice.number())));
                    return read(sql, invoice);
                });
    }

    private static String shortened(String fileName, ProofType type) {
        String plain = fileName.replaceAll("[\\p{Cntrl}/\\\\]", "").strip();
        return plain.isEmpty()
                ? "proof." + type.name().toLowerCase(Locale.ROOT)
                : plain.substring(Math.max(0, plain.length() - MAX_NAME));
    }

    /** The file that shows that an invoice was paid. */
    Optional<BankTransferProof> proof(UUID invoiceId) {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT proof, proof_name, proof_type FROM bank_transfer
                                         WHERE account_id = :account_id AND invoice_id = :invoice
                                           AND proof IS NOT NULL
                                        """)
                                .param("invoice", invoiceId)
                                .query((row, number) -> proof(row))
                                .optional());
    }

    private BankTransferProof proof(ResultSet row) throws SQLException {
        byte[] content = secretBox.open(row.getBytes("proof"));
        return new BankTransferProof(
                row.getString("proof_name"),
                row.getString("proof_type"),
                Base64.getEncoder().encodeToString(content));
    }

    /** What was sent does not show that the money came. */
    void decline(UUID invoiceId, String reason) {
        transactions.run(
                sql -> {
                    int declined =
                            sql.statement(
                                            """
                                            UPDATE bank_transfer
                                               SET declined_at = :now, declined_reason = :reason
                                             WHERE account_id = :account_id
                                               AND invoice_id = :invoice
                                               AND announced_at IS NOT NULL
                                               AND declined_at IS NULL
                                            """)
                                    .param("now", Columns.timestamp(clock.now()))
                                    .param("reason", reason)
                                    .param("invoice", invoiceId)
                                    .update();
                    if (declined == 0) {
                        throw Problem.conflict(
                                "transfer_not_announced", "There is no proof to be declined");
                    }
                    auditLog.record(
                            "bank_transfer.declined",
                            "invoice:" + invoiceId,
                            Map.of("reason", reason));
                });
    }
}
