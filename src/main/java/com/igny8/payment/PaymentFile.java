package com.igny8.payment;

import com.igny8.http.CsvDownload;
import com.igny8.kernel.Batches;
import com.igny8.kernel.Days;
import com.igny8.kernel.Money;
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
 * The money that came in on some days and that went back, as a file for accountants; what went back
 * is below zero. Sent while it is read; test accounts are not in it.
 */
@Component
public class PaymentFile {
    private static final int AT_A_TIME = 1_000;

    private final PlatformTransactions platform;

    PaymentFile(PlatformTransactions platform) {
        this.platform = platform;
    }

    private record Movement(
            UUID id,
            String kind,
            Instant at,
            String provider,
            @Nullable String reference,
            @Nullable String invoiceNumber,
            UUID accountId,
            @Nullable String payer,
            Money amount) {}

    /** Writes what was settled on these days, oldest first. */
    public void write(Days days, HttpServletResponse response) throws IOException {
        try (CsvDownload csv =
                new CsvDownload(
                        response,
                        "payments.csv",
                        "movement",
                        "settled",
                        "provider",
                        "reference",
                        "invoice",
                        "account",
                        "payer",
                        "currency",
                        "amount")) {
            Batches.<Movement>read(
                    AT_A_TIME,
                    last -> some(days, last),
                    some -> some.forEach(movement -> line(csv, movement)));
        }
    }

    private List<Movement> some(Days days, @Nullable Movement last) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT movement.*, invoice.number FROM (
                                            SELECT id, 'payment' AS kind, settled_at, provider,
                                                   provider_reference, invoice_id, account_id,
                                                   payer_name, amount_minor, currency
                                              FROM payment
                                             WHERE status IN ('succeeded', 'refunded',
                                                              'partially_refunded')
                                             UNION ALL
                                            SELECT refund.id, 'refund', refund.settled_at, provider,
                                                   refund.provider_reference, invoice_id,
                                                   refund.account_id, payer_name,
                                                   -refund.amount_minor, currency
                                              FROM refund
                                              JOIN payment
                                                ON payment.account_id = refund.account_id
                                               AND payment.id = refund.payment_id
                                             WHERE refund.status = 'succeeded'
                                        ) AS movement
                                          LEFT JOIN invoice
                                            ON invoice.account_id = movement.account_id
                                           AND invoice.id = movement.invoice_id
                                         WHERE settled_at >= :from AND settled_at < :to
                                           AND (settled_at, movement.id) > (:after, :last)
                                           AND coalesce(invoice.number, '') NOT LIKE 'TEST-%'
                                           AND NOT EXISTS (SELECT FROM test_clock
                                                WHERE test_clock.account_id = movement.account_id)
                                         ORDER BY settled_at, movement.id LIMIT :most
                                        """)
                                .param("from", Columns.timestamp(days.start()))
                                .param("to", Columns.timestamp(days.end()))
                                .param(
                                        "after",
                                        Columns.timestamp(last == null ? Instant.EPOCH : last.at()))
                                .param("last", last == null ? Batches.FIRST_ID : last.id())
                                .param("most", AT_A_TIME)
                                .query(PaymentFile::movement)
                                .list());
    }

    private static Movement movement(ResultSet row, int number) throws SQLException {
        return new Movement(
                Columns.uuid(row, "id"),
                row.getString("kind"),
                Columns.instant(row, "settled_at"),
                row.getString("provider"),
                row.getString("provider_reference"),
                row.getString("number"),
                Columns.uuid(row, "account_id"),
                row.getString("payer_name"),
                new Money(row.getLong("amount_minor"), row.getString("currency")));
    }

    private static void line(CsvDownload csv, Movement movement) {
        csv.line(
                movement.kind(),
                movement.at().toString(),
                movement.provider(),
                movement.reference(),
                movement.invoiceNumber(),
                movement.accountId().toString(),
                movement.payer(),
                movement.amount().currency(),
                movement.amount().decimal());
    }
}
