package com.igny8.invoice;

import com.igny8.account.Party;
import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Rows of invoices and their lines, as what they are. */
@Component
class InvoiceReading {
    private final JsonMapper json;

    InvoiceReading(JsonMapper json) {
        this.json = json;
    }

    Optional<Invoice> find(AccountSql sql, UUID id) {
        return sql.statement("SELECT * FROM invoice WHERE account_id = :account_id AND id = :id")
                .param("id", id)
                .query((row, number) -> invoice(row, lines(sql, id, row.getString("currency"))))
                .optional();
    }

    Optional<Invoice> openFor(AccountSql sql, UUID subscriptionId) {
        return sql.statement(
                        """
                        SELECT id FROM invoice
                         WHERE account_id = :account_id AND subscription_id = :subscription
                           AND status IN ('open', 'uncollectible')
                         ORDER BY issued_at, number LIMIT 1
                        """)
                .param("subscription", subscriptionId)
                .query(UUID.class)
                .optional()
                .flatMap(id -> find(sql, id));
    }

    List<Invoice> open(AccountSql sql) {
        return all(
                sql,
                sql.statement(
                                """
                                SELECT id FROM invoice
                                 WHERE account_id = :account_id
                                   AND status IN ('open', 'uncollectible')
                                 ORDER BY issued_at, number
                                """)
                        .query((row, number) -> Columns.uuid(row, "id"))
                        .list());
    }

    /** Those of a status, or all, whose number matches; youngest first. */
    Page<Invoice> page(AccountSql sql, PageRequest page, Invoice.@Nullable Status status) {
        var matching =
                new PagedSelect(
                        "SELECT id",
                        """
                         FROM invoice WHERE account_id = :account_id AND number IS NOT NULL
                            AND (:status::text IS NULL OR status = :status)
                            AND (:pattern::text IS NULL OR number ILIKE :pattern)
                        """,
                        "issued_at DESC, number DESC");
        String key = status == null ? null : status.key();
        Page<UUID> ids =
                matching.read(
                        statement -> sql.statement(statement).param("status", key),
                        page,
                        (row, number) -> Columns.uuid(row, "id"));
        return new Page<>(all(sql, ids.rows()), ids.count(), page);
    }

    /** In the order of their ids, with the lines of all read at once. */
    private List<Invoice> all(AccountSql sql, List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<InvoiceLine>> lines = new HashMap<>();
        sql.statement(
                        """
                        SELECT invoice_line.*, currency
                          FROM invoice_line
                          JOIN invoice ON invoice.account_id = invoice_line.account_id
                                      AND invoice.id = invoice_id
                         WHERE invoice_line.account_id = :account_id AND invoice_id IN (:ids)
                         ORDER BY invoice_id, position
                        """)
                .param("ids", ids)
                .query(
                        row -> {
                            lines.computeIfAbsent(
                                            Columns.uuid(row, "invoice_id"),
                                            id -> new ArrayList<>())
                                    .add(line(row, row.getString("currency")));
                        });
        Map<UUID, Invoice> found = new HashMap<>();
        sql.statement("SELECT * FROM invoice WHERE account_id = :account_id AND id IN (:ids)")
                .param("ids", ids)
                .query(
                        row -> {
                            UUID id = Columns.uuid(row, "id");
                            found.put(id, invoice(row, lines.getOrDefault(id, List.of())));
                        });
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    List<InvoiceLine> lines(AccountSql sql, UUID invoiceId, String currency) {
        return sql.statement(
                        """
                        SELECT * FROM invoice_line
                         WHERE account_id = :account_id AND invoice_id = :invoice
                         ORDER BY position
                        """)
                .param("invoice", invoiceId)
                .query((row, number) -> line(row, currency))
                .list();
    }

    static InvoiceLine line(ResultSet row, String currency) throws SQLException {
        return new InvoiceLine(
                row.getString("description"),
                row.getInt("quantity"),
                new Money(row.getLong("unit_minor"), currency),
                Columns.instantOrNull(row, "period_start"),
                Columns.instantOrNull(row, "period_end"),
                Columns.uuidOrNull(row, "plan_version_id"));
    }

    Invoice invoice(ResultSet row, List<InvoiceLine> lines) throws SQLException {
        String currency = row.getString("currency");
        return new Invoice(
                Columns.uuid(row, "account_id"),
                Columns.uuid(row, "id"),
                row.getString("number"),
                Invoice.Status.of(row.getString("status")),
                Invoice.Purpose.of(row.getString("purpose")),
                Columns.uuidOrNull(row, "subscription_id"),
                row.getString("subject"),
                tax(row),
                amounts(row),
                new Money(row.getLong("paid_minor") - row.getLong("returned_minor"), currency),
                new Money(row.getLong("credited_minor"), currency),
                party(row.getString("billing_snapshot")),
                party(row.getString("seller_snapshot")),
                lines,
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "issued_at"),
                Columns.instantOrNull(row, "due_at"),
                Columns.instantOrNull(row, "paid_at"),
                Columns.instantOrNull(row, "first_paid_at"));
    }

    static Tax tax(ResultSet row) throws SQLException {
        return new Tax(
                Tax.Treatment.of(row.getString("tax_treatment")),
                row.getString("tax_name"),
                row.getBigDecimal("tax_percent"),
                row.getBoolean("is_tax_inclusive"));
    }

    static Tax.Amounts amounts(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return new Tax.Amounts(
                new Money(row.getLong("subtotal_minor"), currency),
                new Money(row.getLong("tax_minor"), currency),
                new Money(row.getLong("total_minor"), currency));
    }

    /** Of an erased account nobody is told any more. */
    Party party(String snapshot) {
        return snapshot.equals("{}")
                ? new Party("(erased)", null, null, null, null, null, null, null, null)
                : json.readValue(snapshot, Party.class);
    }
}
