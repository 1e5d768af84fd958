package com.igny8.credit;

import com.igny8.tenancy.Columns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

/** Rows of the ledger's tables as what they stand for. */
final class Rows {
    private Rows() {}

    static Book book(ResultSet row) throws SQLException {
        return new Book(
                Columns.uuid(row, "account_id"),
                new Balance(row.getLong("balance"), row.getLong("held")),
                row.getLong("last_entry_id"),
                Columns.longOrNull(row, "alert_below"),
                Columns.instantOrNull(row, "own_time"));
    }

    static OpenGrant grant(ResultSet row) throws SQLException {
        return new OpenGrant(
                Columns.uuid(row, "id"),
                row.getLong("entry_id"),
                row.getString("source"),
                row.getLong("amount"),
                row.getLong("remaining"),
                row.getInt("priority"),
                Columns.instantOrNull(row, "expires_at"),
                Columns.instantOrNull(row, "rolls_over_until"),
                Columns.instant(row, "created_at"),
                false);
    }

    static Budget budget(ResultSet row) throws SQLException {
        return new Budget(
                Columns.uuid(row, "id"),
                Columns.uuidOrNull(row, "user_id"),
                Columns.uuidOrNull(row, "site_id"),
                row.getLong("monthly_limit"),
                row.getObject("month", LocalDate.class),
                row.getLong("used"));
    }

    static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                Entry.Type.of(row.getString("type")),
                row.getLong("amount"),
                row.getLong("balance_after"),
                row.getLong("held"),
                row.getString("operation"),
                row.getString("reference"),
                row.getString("idempotency_key"),
                row.getString("description"),
                Columns.uuidOrNull(row, "site_id"),
                Columns.uuidOrNull(row, "user_id"),
                Columns.instant(row, "created_at"));
    }

    static KnownHold hold(ResultSet row) throws SQLException {
        Long entryId = Columns.longOrNull(row, "entry_id");
        return new KnownHold(
                new Hold(
                        Columns.uuid(row, "id"),
                        row.getLong("amount"),
                        row.getLong("captured"),
                        Hold.Status.of(Columns.instantOrNull(row, "settled_at"), entryId),
                        row.getString("operation"),
                        row.getString("reference"),
                        Columns.uuidOrNull(row, "site_id"),
                        Columns.uuidOrNull(row, "user_id"),
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "expires_at")),
                row.getString("idempotency_key"),
                row.getLong("available_after"),
                row.getLong("settlement_available"),
                entryId,
                false);
    }

    static Book.Reach reach(ResultSet row) throws SQLException {
        return new Book.Reach(
                Columns.uuid(row, "id"),
                Columns.uuidOrNull(row, "user_id"),
                row.getBoolean("reaches_all"));
    }
}
