package com.igny8.catalog;

import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The plans on offer, and the terms of those once agreed. */
@Component
public class Plans {
    public static final String FREE_TRIAL = "free-trial";

    private static final String SELECT =
            """
            SELECT plan.id, version.id AS version_id, slug, name, is_public, is_active, currency,
                   monthly_price_minor, annual_price_minor, included_credits, credits_once,
                   max_sites, max_users, max_sectors_per_site, trial_days, features
              FROM plan JOIN plan_version version ON version.plan_id = plan.id
            """;

    private static final String LATEST =
            " AND version.version = (SELECT max(version) FROM plan_version WHERE plan_id ="
                    + " plan.id)";

    private static final int MOST_REMEMBERED = 1_000;

    private final PlatformTransactions platform;
    private final Remembered<UUID, Plan> versions;

    Plans(PlatformTransactions platform, AccessChanges changes) {
        this.platform = platform;
        this.versions = changes.memory(MOST_REMEMBERED);
    }

    /** Those that anybody may sign up for, cheapest first. */
    public List<Plan> onOffer() {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        SELECT
                                                + " WHERE is_public AND is_active"
                                                + LATEST
                                                + " ORDER BY position")
                                .query(Plans::plan)
                                .list());
    }

    /** The latest terms of a plan. */
    public Optional<Plan> latest(String slug) {
        return platform.read(
                jdbc ->
                        jdbc.sql(SELECT + " WHERE slug = :slug" + LATEST)
                                .param("slug", slug)
                                .query(Plans::plan)
                                .optional());
    }

    /** The terms a subscriber has. */
    public Plan version(UUID versionId) {
        return versions.get(versionId, () -> lookUp(versionId).map(Plans::fact)).orElseThrow();
    }

    private static Remembered.Fact<Plan> fact(Plan plan) {
        return new Remembered.Fact<>(plan, Instant.MAX, Set.of(plan.id()));
    }

    private Optional<Plan> lookUp(UUID versionId) {
        return platform.read(
                jdbc ->
                        jdbc.sql(SELECT + " WHERE version.id = :id")
                                .param("id", versionId)
                                .query(Plans::plan)
                                .optional());
    }

    private static Plan plan(ResultSet row, int number) throws SQLException {
        return new Plan(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "version_id"),
                row.getString("slug"),
                row.getString("name"),
                row.getBoolean("is_public"),
                row.getBoolean("is_active"),
                row.getString("currency"),
                row.getLong("monthly_price_minor"),
                Columns.longOrNull(row, "annual_price_minor"),
                row.getLong("included_credits"),
                row.getBoolean("credits_once"),
                row.getInt("max_sites"),
                row.getInt("max_users"),
                row.getInt("max_sectors_per_site"),
                Columns.integerOrNull(row, "trial_days"),
                Columns.strings(row, "features"));
    }
}
