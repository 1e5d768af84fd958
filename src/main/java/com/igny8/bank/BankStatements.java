package com.igny8.bank;

import com.igny8.bank.statement.StatementColumns;
import com.igny8.bank.statement.StatementLine;
import com.igny8.bank.statement.StatementRead;
import com.igny8.bank.statement.StatementReader;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;
import com.igny8.tenancy.Tenancy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** For operators: what the bank says came in. */
@Component
public class BankStatements {
    /** What amounts that say nothing else are in. */
    private static final String USUAL_CURRENCY = "USD";

    private static final int MAX_NAME = 120;
    private static final int MOST_FAULTS = 200;

    private final PlatformTransactions platform;
    private final SecretBox secretBox;
    private final AuditLog auditLog;
    private final Clock clock;

    BankStatements(
            PlatformTransactions platform, SecretBox secretBox, AuditLog auditLog, Clock clock) {
        this.platform = platform;
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
}
