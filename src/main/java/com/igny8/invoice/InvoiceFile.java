package com.igny8.invoice;

import com.igny8.http.CsvDownload;
import com.igny8.kernel.Batches;
import com.igny8.kernel.Days;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Invoices and credit notes of some days as a file for accountants, credit notes below zero; sent
 * while it is read. Those of test accounts are not among them.
 */
@Component
public class InvoiceFile {
    private static final int AT_A_TIME = 1_000;

    private final PlatformTransactions platform;

    InvoiceFile(PlatformTransactions platform) {
        this.platform = platform;
    }

    private record Document(
            UUID id,
            String kind,
            String number,
            String status,
            Instant issuedAt,
            @Nullable Instant dueAt,
            @Nullable Instant paidAt,
            @Nullable String invoiceNumber,
            UUID accountId,
            @Nullable String customer,
            @Nullable String country,
            @Nullable String taxId,
            Tax tax,
            Tax.Amounts amounts) {}

    /** Writes those that were issued on these days, oldest first. */
    public void write(Days days, HttpServletResponse response) throws IOException {
        try (CsvDownload csv =
                new CsvDownload(
                        response,
                        "invoices.csv",
                        "document",
                        "number",
                        "status",
                        "issued",
                        "due",
                        "paid",
                        "invoice",
                        "account",
                        "customer",
                        "country",
                        "tax_id",
                        "currency",
                        "subtotal",
                        "tax_treatment",
                        "tax_name",
                        "tax_percent",
                        "tax",
                        "total")) {
            Batches.<Document>read(
                    AT_A_TIME,
                    last -> some(days, last),
                    some -> some.forEach(document -> line(csv, document)));
        }
    }

    private List<Document> some(Days days, @Nullable Document last) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT *, billing_snapshot->>'name' AS customer,
                                               billing_snapshot->>'country' AS country,
                                               billing_snapshot->>'tax_id' AS tax_id FROM (
                                            SELECT id, 'invoice' AS kind, number, status, issued_at,
                                                   due_at, paid_at, NULL AS invoice_number,
                                                   account_id, billing_snapshot, currency,
                                                   subtotal_minor, tax_minor, total_minor,
                                                   tax_treatment, tax_name, tax_percent,
                                                   is_tax_inclusive
                                              FROM invoice WHERE issued_at IS NOT NULL
                                             UNION ALL
                                            SELECT note.id, 'credit_note', note.number, 'issued',
                                                   note.issued_at, NULL, NULL, invoice.number,
                                                   note.account_id, note.billing_snapshot,
                                                   note.currency, -note.subtotal_minor,
                                                   -note.tax_minor, -note.total_minor,
                                                   tax_treatment, tax_name, tax_percent,
                                                   is_tax_inclusive
                                              FROM credit_note note
                                              JOIN invoice ON invoice.account_id = note.account_id
                                                          AND invoice.id = note.invoice_id
                                        ) AS document
                                         WHERE issued_at >= :from AND issued_at < :to
                                           AND number NOT LIKE 'TEST-%'
                                           AND (issued_at, id) > (:after, :last)
                                         ORDER BY issued_at, id LIMIT :most
                                        """)
                                .param("from", Columns.timestamp(days.start()))
                                .param("to", Columns.timestamp(days.end()))
                                .param(
                                        "after",
                                        Columns.timestamp(
                                                last == null ? Instant.EPOCH : last.issuedAt()))
                                .param("last", last == null ? Batches.FIRST_ID : last.id())
                                .param("most", AT_A_TIME)
                                .query(InvoiceFile::document)
                                .list());
    }

    private static Document document(ResultSet row, int number) throws SQLException {
        return new Document(
                Columns.uuid(row, "id"),
                row.getString("kind"),
                row.getString("number"),
                row.getString("status"),
                Columns.instant(row, "issued_at"),
                Columns.instantOrNull(row, "due_at"),
                Columns.instantOrNull(row, "paid_at"),
                row.getString("invoice_number"),
                Columns.uuid(row, "account_id"),
                row.getString("customer"),
                row.getString("country"),
                row.getString("tax_id"),
                InvoiceReading.tax(row),
                InvoiceReading.amounts(row));
    }

    private static void line(CsvDownload csv, Document document) {
        Tax tax = document.tax();
        csv.line(
                document.kind(),
                document.number(),
                document.status(),
                document.issuedAt().toString(),
                text(document.dueAt()),
                text(document.paidAt()),
                document.invoiceNumber(),
                document.accountId().toString(),
                document.customer(),
                document.country(),
                document.taxId(),
                document.amounts().total().currency(),
                document.amounts().subtotal().decimal(),
                tax.treatment().key(),
                tax.name(),
                tax.plainPercent(),
                document.amounts().tax().decimal(),
                document.amounts().total().decimal());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
