package com.igny8.invoice;

import com.igny8.account.Party;
import com.igny8.kernel.Money;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;

import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
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
        return sql
                .statement(
                        """
                        SELECT id FROM invoice
                         WHERE account_id = :account_id AND status IN ('open', 'uncollectible')
                         ORDER BY issued_at, number
                        """)
                .query((row, number) -> Columns.uuid(row, "id"))
                .list()
                .stream()
                .flatMap(id -> find(sql, id).stream())
                .toList();
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

    private static InvoiceLine line(ResultSet row, String currency) throws SQLException {
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
                new Tax(
                        Tax.Treatment.of(row.getString("tax_treatment")),
                        row.getString("tax_name"),
                        row.getBigDecimal("tax_percent"),
                        row.getBoolean("is_tax_inclusive")),
                new Tax.Amounts(
                        new Money(row.getLong("subtotal_minor"), currency),
                        new Money(row.getLong("tax_minor"), currency),
                        new Money(row.getLong("total_minor"), currency)),
                new Money(row.getLong("paid_minor"), currency),
                new Money(row.getLong("credited_minor"), currency),
                party(row.getString("billing_snapshot")),
                party(row.getString("seller_snapshot")),
                lines,
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "issued_at"),
                Columns.instantOrNull(row, "due_at"),
                Columns.instantOrNull(row, "paid_at"));
    }

    /** Of an erased account nobody is told any more. */
    private Party party(String snapshot) {
        return snapshot.equals("{}")
                ? new Party("(erased)", null, null, null, null, null, null, null, null)
                : json.readValue(snapshot, Party.class);
    }
}
