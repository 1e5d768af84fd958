package com.igny8.billing;

import com.igny8.billing.statement.StatementColumns;
import com.igny8.billing.statement.StatementLine;
import com.igny8.billing.statement.StatementRead;
import com.igny8.billing.statement.StatementReader;
import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;
import com.igny8.tenancy.Tenancy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** For operators: what the bank says came in, and what that is for. */
@Component
public class BankStatements {
    /** What amounts that say nothing else are in. */
    private static final String USUAL_CURRENCY = "USD";

    private static final int MAX_NAME = 120;
    private static final int MOST_INVOICES = 10_000;
    private static final int MOST_FAULTS = 200;
    static final int MOST_AT_ONCE = 200;

    private final PlatformTransactions platform;
    private final BankTransferQueue queue;
    private final BankTransferConfirmations confirmations;
    private final SecretBox secretBox;
    private final AuditLog auditLog;
    private final Clock clock;

    BankStatements(
            PlatformTransactions platform,
            BankTransferQueue queue,
            BankTransferConfirmations confirmations,
            SecretBox secretBox,
            AuditLog auditLog,
            Clock clock) {
        this.platform = platform;
        this.queue = queue;
        this.confirmations = confirmations;
        this.secretBox = secretBox;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** A file of the bank. */
    public static final class Upload {
        private final String fileName;
        private final byte[] content;
        private final Map<String, String> columns;

        /**
         * @param columns which column is what, by {@code date, amount, currency, payer, purpose};
         *     found out where it is empty
         */
        public Upload(String fileName, byte[] content, Map<String, String> columns) {
            this.fileName = fileName;
            this.content = content.clone();
            this.columns = Map.copyOf(columns);
        }

        private StatementRead read() {
            Map<StatementColumns.Column, String> named =
                    new EnumMap<>(StatementColumns.Column.class);
            for (StatementColumns.Column column : StatementColumns.Column.values()) {
                String heading = columns.getOrDefault(column.key(), "").strip();
                if (!heading.isEmpty()) {
                    named.put(column, heading);
                }
            }
            return StatementReader.read(content, new StatementColumns(named), USUAL_CURRENCY);
        }

        private String shownName() {
            String plain = fileName.replaceAll("\\p{Cntrl}", "").strip();
            return plain.isEmpty()
                    ? "statement"
                    : plain.substring(0, Math.min(plain.length(), MAX_NAME));
        }
    }

    private record Printed(StatementLine line, String fingerprint) {}

    /** What a file would bring; nothing is kept. */
    public StatementReport preview(Upload upload) {
        StatementRead read = upload.read();
        List<Printed> lines = printed(read.lines());
        Set<String> known =
                platform.read(
                        jdbc ->
                                new HashSet<>(
                                        jdbc.sql(
                                                        """
                                                        SELECT fingerprint FROM bank_statement_line
                                                         WHERE fingerprint = ANY (:prints)
                                                        """)
                                                .param(
                                                        "prints",
                                                        lines.stream()
                                                                .map(Printed::fingerprint)
                                                                .toArray(String[]::new))
                                                .query(String.class)
                                                .list()));
        return report(read, lines.size() - known.size());
    }

    /**
     * What tells a line from others: all that it says, and which of several that say the same it
     * is, because a customer may pay the same twice on one day.
     */
    private List<Printed> printed(List<StatementLine> lines) {
        Map<String, Integer> seen = new HashMap<>();
        List<Printed> printed = new ArrayList<>(lines.size());
        for (StatementLine line : lines) {
            String said =
                    String.join(
                            "\n",
                            line.bookedOn().toString(),
                            line.amount().toString(),
                            line.payerName(),
                            line.purpose());
            int which = seen.merge(said, 1, Integer::sum);
            printed.add(new Printed(line, secretBox.fingerprint(said + "\n" + which)));
        }
        return printed;
    }

    private static StatementReport report(StatementRead read, int fresh) {
        return new StatementReport(
                read.format().label(),
                read.lines().size(),
                fresh,
                read.outgoing(),
                read.faults().stream()
                        .limit(MOST_FAULTS)
                        .map(
                                fault ->
                                        new StatementReport.Fault(
                                                fault.row(), fault.field(), fault.error()))
                        .toList());
    }

    /** Keeps what came in and was not there yet. */
    public StatementReport keep(Upload upload) {
        StatementRead read = upload.read();
        List<Printed> lines = printed(read.lines());
        return platform.write(
                jdbc -> {
                    UUID statement = insert(jdbc, upload, read);
                    int fresh = 0;
                    for (Printed line : lines) {
                        fresh += insert(jdbc, statement, line);
                    }
                    auditLog.record(
                            "bank_statement.imported",
                            "bank_statement:" + statement,
                            Map.of("name", upload.shownName(), "lines", fresh));
                    return report(read, fresh);
                });
    }

    private UUID insert(JdbcClient jdbc, Upload upload, StatementRead read) {
        return jdbc.sql(
                        """
                        INSERT INTO bank_statement (file_name, format, imported_by, imported_at)
                        VALUES (:name, :format, :operator, :now) RETURNING id
                        """)
                .param("name", upload.shownName())
                .param("format", read.format().key())
                .param("operator", Tenancy.caller().userId())
                .param("now", Columns.timestamp(clock.instant()))
                .query(UUID.class)
                .single();
    }

    private static int insert(JdbcClient jdbc, UUID statementId, Printed printed) {
        StatementLine line = printed.line();
        return jdbc.sql(
                        """
                        INSERT INTO bank_statement_line (statement_id, row, fingerprint, booked_on,
                            amount_minor, currency, payer_name, purpose)
                        VALUES (:statement, :row, :fingerprint, :booked, :amount, :currency, :payer,
                            :purpose)
                        ON CONFLICT (fingerprint) DO NOTHING
                        """)
                .param("statement", statementId)
                .param("row", line.row())
                .param("fingerprint", printed.fingerprint())
                .param("booked", line.bookedOn())
                .param("amount", line.amount().minor())
                .param("currency", line.amount().currency())
                .param("payer", line.payerName())
                .param("purpose", line.purpose())
                .update();
    }

    /** Lines that nobody settled yet, the oldest first, each with what it may be for. */
    public Page<StatementEntry> open(PageRequest page) {
        var matcher = new StatementMatcher(queue.open(MOST_INVOICES));
        return platform.read(
                jdbc -> {
                    List<StatementEntry> rows =
                            jdbc.sql(
                                            """
                                            SELECT * FROM bank_statement_line WHERE status = 'open'
                                             ORDER BY booked_on, id LIMIT :limit OFFSET :offset
                                            """)
                                    .param("limit", page.size())
                                    .param("offset", page.offset())
                                    .query((row, number) -> entry(row, matcher))
                                    .list();
                    long count =
                            jdbc.sql(
                                            "SELECT count(*) FROM bank_statement_line"
                                                    + " WHERE status = 'open'")
                                    .query(Long.class)
                                    .single();
                    return new Page<>(rows, count, page);
                });
    }

    private static StatementEntry entry(ResultSet row, StatementMatcher matcher)
            throws SQLException {
        Money amount = new Money(row.getLong("amount_minor"), row.getString("currency"));
        String payer = row.getString("payer_name");
        String purpose = row.getString("purpose");
        return new StatementEntry(
                Columns.uuid(row, "id"),
                row.getObject("booked_on", LocalDate.class),
                amount,
                payer,
                purpose,
                matcher.of(amount, payer, purpose));
    }

    /**
     * That a line pays an invoice.
     *
     * @param acceptPartial whether it may be less than what is due
     */
    public record Choice(UUID entryId, UUID invoiceId, boolean acceptPartial) {}

    /** Confirms many, each by itself: what is refused has no effect on the others. */
    public List<StatementOutcome> confirm(List<Choice> choices) {
        if (choices.isEmpty() || choices.size() > MOST_AT_ONCE) {
            throw Problem.invalid(
                    "items", "Choose between 1 and %d of them".formatted(MOST_AT_ONCE));
        }
        return choices.stream().map(this::outcome).toList();
    }

    private StatementOutcome outcome(Choice choice) {
        try {
            platform.run(jdbc -> confirm(jdbc, choice));
            return new StatementOutcome(choice.entryId(), choice.invoiceId(), null);
        } catch (Problem refusal) {
            return new StatementOutcome(choice.entryId(), choice.invoiceId(), refusal);
        }
    }

    private void confirm(JdbcClient jdbc, Choice choice) {
        Line line = locked(jdbc, choice.entryId());
        confirmations.confirm(
                new BankTransferArrival(
                        accountOf(jdbc, choice.invoiceId()),
                        null,
                        choice.invoiceId(),
                        "statement:" + line.fingerprint(),
                        line.amount().decimal(),
                        line.payerName().isEmpty() ? "Not named" : line.payerName(),
                        null,
                        1,
                        choice.acceptPartial()));
        settle(jdbc, choice.entryId(), "confirmed");
    }

    private record Line(Money amount, String payerName, String fingerprint) {}

    private static Line locked(JdbcClient jdbc, UUID id) {
        return jdbc.sql(
                        """
                        SELECT * FROM bank_statement_line WHERE id = :id AND status = 'open'
                           FOR UPDATE
                        """)
                .param("id", id)
                .query(
                        (row, number) ->
                                new Line(
                                        new Money(
                                                row.getLong("amount_minor"),
                                                row.getString("currency")),
                                        row.getString("payer_name"),
                                        row.getString("fingerprint")))
                .optional()
                .orElseThrow(() -> Problem.notFound("Open line of a statement"));
    }

    private static UUID accountOf(JdbcClient jdbc, UUID invoiceId) {
        return jdbc.sql("SELECT account_id FROM invoice WHERE id = :id")
                .param("id", invoiceId)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("Invoice"));
    }

    private void settle(JdbcClient jdbc, UUID id, String status) {
        jdbc.sql(
                        """
                        UPDATE bank_statement_line
                           SET status = :status, settled_by = :operator, settled_at = :now
                         WHERE id = :id
                        """)
                .param("status", status)
                .param("operator", Tenancy.caller().userId())
                .param("now", Columns.timestamp(clock.instant()))
                .param("id", id)
                .update();
    }

    /** A line that pays no invoice. */
    public void ignore(UUID id) {
        platform.run(
                jdbc -> {
                    locked(jdbc, id);
                    settle(jdbc, id, "ignored");
                    auditLog.record(
                            "bank_statement.line_ignored", "bank_statement_line:" + id, Map.of());
                });
    }
}
