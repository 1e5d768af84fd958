package com.igny8.bank;

import com.igny8.invoice.InvoiceSearch;
import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** For operators: finds out what money that came in is for, and settles it. */
@Component
public class StatementDesk {
    private static final int MOST_INVOICES = 10_000;
    private static final int MOST_AT_ONCE = 200;

    private final PlatformTransactions platform;
    private final BankTransferQueue queue;
    private final BankTransferConfirmations confirmations;
    private final InvoiceSearch invoices;
    private final AuditLog auditLog;
    private final Clock clock;

    StatementDesk(
            PlatformTransactions platform,
            BankTransferQueue queue,
            BankTransferConfirmations confirmations,
            InvoiceSearch invoices,
            AuditLog auditLog,
            Clock clock) {
        this.platform = platform;
        this.queue = queue;
        this.confirmations = confirmations;
        this.invoices = invoices;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Lines that nobody settled yet, the oldest first, each with what it may be for. */
    public Page<StatementEntry> open(PageRequest page) {
        var matcher = new StatementMatcher(queue.open(MOST_INVOICES));
        var open =
                new PagedSelect(
                        "SELECT *",
                        " FROM bank_statement_line WHERE status = 'open'",
                        "booked_on, id");
        return platform.read(
                jdbc -> open.read(jdbc::sql, page, (row, number) -> entry(row, matcher)));
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
                        invoices.accountOf(choice.invoiceId()),
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
