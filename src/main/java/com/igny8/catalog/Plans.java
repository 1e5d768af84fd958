package com.igny8.catalog;

import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Remembered;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The plans on offer, and the terms of those once agreed. */
@Component
public class Plans {
    public static final String FREE_TRIAL = "free-trial";

    /** By agreement only; what it is like is shown to everybody. */
    public static final String ENTERPRISE = "enterprise";

    static final String SELECT =
            """
            SELECT version.*, slug, name, is_public, is_active, position
              FROM plan JOIN plan_version version ON version.plan_id = plan.id
            """;

    static final String LATEST =
            " AND version.version = (SELECT max(version) FROM plan_version WHERE plan_id ="
                    + " plan.id)";

    private static final int MOST_REMEMBERED = 1_000;

    private final PlatformTransactions platform;
    private final Remembered<UUID, Plan> versions;

    Plans(PlatformTransactions platform, AccessChanges changes) {
        this.platform = platform;
        this.versions = changes.platformMemory(MOST_REMEMBERED, platform);
    }

    /** Those that anybody may sign up for, in the order in which they are shown. */
    public List<Plan> onOffer() {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        SELECT
                                                + " WHERE is_public AND is_active"
                                                + LATEST
                                                + " ORDER BY position, slug")
                                .query(PlanRows::plan)
                                .list());
    }

    /** The latest terms of a plan. */
    public Optional<Plan> latest(String slug) {
        return platform.read(
                jdbc ->
                        jdbc.sql(SELECT + " WHERE slug = :slug" + LATEST)
                                .param("slug", slug)
                                .query(PlanRows::plan)
                                .optional());
    }

    /** The cheapest plan on offer that has a feature; nothing where none has. */
    public Optional<Plan> cheapestWith(Feature feature) {
        return onOffer().stream()
                .filter(plan -> plan.terms().has(feature))
                .min(Comparator.comparingLong(Plan::monthlyPriceMinor));
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
                                .query(PlanRows::plan)
                                .optional());
    }
}
