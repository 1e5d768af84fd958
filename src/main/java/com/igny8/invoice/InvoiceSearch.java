package com.igny8.invoice;

import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The invoices of all accounts, for operators. */
@Component
public class InvoiceSearch {
    private final PlatformTransactions platform;

    InvoiceSearch(PlatformTransactions platform) {
        this.platform = platform;
    }

    /** What a list says of an invoice. */
    public record Found(
            UUID accountId,
            String accountName,
            UUID id,
            String number,
            Invoice.Status status,
            Money total,
            Money due,
            Instant issuedAt,
            Instant dueAt) {
        /** As the invoice itself stands. */
        public boolean isOverdue(Instant now) {
            return status == Invoice.Status.OPEN && dueAt.isBefore(now);
        }
    }

    /** What a list is narrowed to; all of it may be null. */
    public record Filter(Invoice.@Nullable Status status, @Nullable UUID accountId) {}

    /** Latest first; the search is by number, account and who was billed. */
    public Page<Found> page(PageRequest page, Filter filter) {
        var found =
                new PagedSelect(
                        "SELECT invoice.*, account.name AS account_name",
                        """
                         FROM invoice JOIN account ON account.id = invoice.account_id
                         WHERE issued_at IS NOT NULL
                           AND (:status::text IS NULL OR invoice.status = :status)
                           AND (:account::uuid IS NULL OR account_id = :account)
                           AND (:pattern::text IS NULL OR number ILIKE :pattern
                                OR account.name ILIKE :pattern
                                OR billing_snapshot->>'name' ILIKE :pattern
                                OR billing_snapshot->>'email' ILIKE :pattern)
                        """,
                        "issued_at DESC, invoice.id DESC");
        String status = Optional.ofNullable(filter.status()).map(Invoice.Status::key).orElse(null);
        return platform.read(
                jdbc ->
                        found.read(
                                sql ->
                                        jdbc.sql(sql)
                                                .param("status", status)
                                                .param("account", filter.accountId()),
                                page,
                                InvoiceSearch::found));
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        Invoice.Status status = Invoice.Status.of(row.getString("status"));
        Money total = new Money(row.getLong("total_minor"), currency);
        Money due =
                total.minus(new Money(row.getLong("paid_minor"), currency))
                        .minus(new Money(row.getLong("credited_minor"), currency))
                        .plus(new Money(row.getLong("returned_minor"), currency));
        return new Found(
                Columns.uuid(row, "account_id"),
                row.getString("account_name"),
                Columns.uuid(row, "id"),
                row.getString("number"),
                status,
                total,
                status.isPayable() ? due : Money.zero(currency),
                Columns.instant(row, "issued_at"),
                Columns.instant(row, "due_at"));
    }

    /** Whose an invoice is; 404 where there is none. */
    public UUID accountOf(UUID invoiceId) {
        return owner("SELECT account_id FROM invoice WHERE id = :id", invoiceId)
                .orElseThrow(() -> Problem.notFound("Invoice"));
    }

    /** Whose a credit note is; 404 where there is none. */
    public UUID accountOfCreditNote(UUID creditNoteId) {
        return owner("SELECT account_id FROM credit_note WHERE id = :id", creditNoteId)
                .orElseThrow(() -> Problem.notFound("Credit note"));
    }

    private Optional<UUID> owner(String statement, UUID id) {
        return platform.read(
                jdbc -> jdbc.sql(statement).param("id", id).query(UUID.class).optional());
    }
}
