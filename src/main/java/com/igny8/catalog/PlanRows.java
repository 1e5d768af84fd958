package com.igny8.catalog;

import com.igny8.tenancy.Columns;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Plans as they come out of the database. */
final class PlanRows {
    private PlanRows() {}

    static Plan plan(ResultSet row, int number) throws SQLException {
        return new Plan(
                Columns.uuid(row, "plan_id"),
                Columns.uuid(row, "id"),
                row.getInt("version"),
                row.getString("slug"),
                row.getString("name"),
                row.getBoolean("is_public"),
                row.getBoolean("is_active"),
                row.getInt("position"),
                terms(row));
    }

    static PlanVersion version(ResultSet row, int number) throws SQLException {
        return new PlanVersion(
                Columns.uuid(row, "id"),
                row.getInt("version"),
                terms(row),
                Columns.instant(row, "created_at"));
    }

    private static PlanTerms terms(ResultSet row) throws SQLException {
        return new PlanTerms(
                row.getString("currency"),
                row.getLong("monthly_price_minor"),
                Columns.longOrNull(row, "annual_price_minor"),
                row.getLong("included_credits"),
                row.getBoolean("credits_once"),
                row.getBoolean("credits_roll_over"),
                row.getInt("max_sites"),
                row.getInt("max_users"),
                row.getInt("max_sectors_per_site"),
                Columns.integerOrNull(row, "trial_days"),
                Columns.strings(row, "features").stream().map(Feature::of).toList(),
                Columns.integerOrNull(row, "reads_per_minute"),
                Columns.integerOrNull(row, "writes_per_minute"),
                Columns.integerOrNull(row, "ai_per_minute"));
    }
}
