package com.igny8.invoice;

import com.igny8.http.CsvDownload;
import com.igny8.kernel.Batches;
import com.igny8.kernel.Days;
import com.igny8.kernel.Money;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What was earned in some months as a file for accountants, line by line ({@link Revenue}); sent
 * while it is read. What test accounts bought is not among it.
 */
@Component
public class RevenueFile {
    private static final int AT_A_TIME = 500;

    private final PlatformTransactions platform;

    RevenueFile(PlatformTransactions platform) {
        this.platform = platform;
    }

    private record Sold(
            UUID id, UUID accountId, String number, Tax tax, Instant issuedAt, Instant paidAt) {}

    /** Writes what was earned in the months of these days. */
    public void write(Days days, HttpServletResponse response) throws IOException {
        try (CsvDownload csv =
                new CsvDownload(
                        response,
                        "revenue.csv",
                        "month",
                        "invoice",
                        "credit_note",
                        "line",
                        "description",
                        "account",
                        "currency",
                        "amount")) {
            Batches.<Sold>read(AT_A_TIME, last -> some(days, last), some -> write(csv, days, some));
        }
    }

    private void write(CsvDownload csv, Days days, List<Sold> invoices) {
        List<UUID> ids = invoices.stream().map(Sold::id).toList();
        Map<UUID, List<InvoiceLine>> lines = platform.read(jdbc -> lines(jdbc, ids));
        Map<UUID, List<Revenue.Back>> backs = platform.read(jdbc -> backs(jdbc, ids));
        for (Sold sold : invoices) {
            List<InvoiceLine> its = lines.getOrDefault(sold.id(), List.of());
            var sale =
                    new Revenue.Sale(
                            sold.tax(),
                            its,
                            sold.issuedAt(),
                            sold.paidAt(),
                            backs.getOrDefault(sold.id(), List.of()));
            Revenue.of(sale).stream()
                    .filter(earned -> isIn(days, earned.month()))
                    .forEach(earned -> line(csv, sold, its, earned));
        }
    }

    private static boolean isIn(Days days, YearMonth month) {
        return !month.isBefore(YearMonth.from(days.from()))
                && !month.isAfter(YearMonth.from(days.to()));
    }

    private static void line(
            CsvDownload csv, Sold sold, List<InvoiceLine> lines, Revenue.Earned earned) {
        csv.line(
                earned.month().toString(),
                sold.number(),
                earned.creditNote(),
                Integer.toString(earned.line() + 1),
                lines.get(earned.line()).description(),
                sold.accountId().toString(),
                earned.amount().currency(),
                earned.amount().decimal());
    }

    /**
     * Those that can have earned something in these months. What was paid and is to be paid again
     * was earned all the same: it is the money that is missing, until a credit note says otherwise.
     */
    private List<Sold> some(Days days, @Nullable Sold last) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT * FROM invoice
                                         WHERE first_paid_at < :to AND number NOT LIKE 'TEST-%'
                                           AND id > :last
                                           AND (first_paid_at >= :from OR service_end > :from
                                                OR EXISTS (
                                                    SELECT FROM invoice_line line
                                                     WHERE line.account_id = invoice.account_id
                                                       AND line.invoice_id = invoice.id
                                                       AND period_end > :from)
                                                OR EXISTS (
                                                    SELECT FROM credit_note note
                                                     WHERE note.account_id = invoice.account_id
                                                       AND note.invoice_id = invoice.id
                                                       AND note.issued_at >= :from))
                                         ORDER BY id LIMIT :most
                                        """)
                                .param("from", Columns.timestamp(first(days)))
                                .param("to", Columns.timestamp(afterLast(days)))
                                .param("last", last == null ? Batches.FIRST_ID : last.id())
                                .param("most", AT_A_TIME)
                                .query(RevenueFile::sold)
                                .list());
    }

    /** Months are told whole. */
    private static Instant first(Days days) {
        return new Days(days.from().withDayOfMonth(1), days.to()).start();
    }

    private static Instant afterLast(Days days) {
        return new Days(days.from(), YearMonth.from(days.to()).atEndOfMonth()).end();
    }

    private static Sold sold(ResultSet row, int number) throws SQLException {
        return new Sold(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "account_id"),
                row.getString("number"),
                InvoiceReading.tax(row),
                Columns.instant(row, "issued_at"),
                Columns.instant(row, "first_paid_at"));
    }

    /** Each for the time that was given for it. */
    private static Map<UUID, List<InvoiceLine>> lines(JdbcClient jdbc, List<UUID> ids) {
        Map<UUID, List<InvoiceLine>> lines = new HashMap<>();
        jdbc.sql(
                        """
                        SELECT line.invoice_id, description, quantity, unit_minor,
                               plan_version_id, invoice.currency,
                               CASE WHEN period_start IS NOT NULL
                                    THEN coalesce(service_start, period_start) END AS period_start,
                               CASE WHEN period_end IS NOT NULL
                                    THEN coalesce(service_end, period_end) END AS period_end
                          FROM invoice_line line
                          JOIN invoice ON invoice.account_id = line.account_id
                                      AND invoice.id = line.invoice_id
                         WHERE invoice.id IN (:ids) ORDER BY line.invoice_id, line.position
                        """)
                .param("ids", ids)
                .query(
                        row -> {
                            lines.computeIfAbsent(
                                            Columns.uuid(row, "invoice_id"),
                                            id -> new ArrayList<>())
                                    .add(InvoiceReading.line(row, row.getString("currency")));
                        });
        return lines;
    }

    private static Map<UUID, List<Revenue.Back>> backs(JdbcClient jdbc, List<UUID> ids) {
        Map<UUID, List<Revenue.Back>> backs = new HashMap<>();
        jdbc.sql("SELECT * FROM credit_note WHERE invoice_id IN (:ids) ORDER BY issued_at, id")
                .param("ids", ids)
                .query(
                        row -> {
                            backs.computeIfAbsent(
                                            Columns.uuid(row, "invoice_id"),
                                            id -> new ArrayList<>())
                                    .add(
                                            new Revenue.Back(
                                                    row.getString("number"),
                                                    new Money(
                                                            row.getLong("subtotal_minor"),
                                                            row.getString("currency")),
                                                    Columns.instant(row, "issued_at")));
                        });
        return backs;
    }
}
