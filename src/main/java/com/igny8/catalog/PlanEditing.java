package com.igny8.catalog;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.PlainText;
import com.igny8.kernel.Problem;
import com.igny8.kernel.Slug;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * For operators: all plans, and changing them. Terms are never changed, only followed by others, so
 * that who is on a plan keeps what was agreed.
 */
@Component
public class PlanEditing {
    private static final int MAX_NAME_LENGTH = 60;
    private static final int MAX_POSITION = 1_000;

    private final PlatformTransactions platform;
    private final AuditLog auditLog;

    PlanEditing(PlatformTransactions platform, AuditLog auditLog) {
        this.platform = platform;
        this.auditLog = auditLog;
    }

    /** What is said of a plan beside its terms. */
    public record Sheet(String name, boolean isPublic, boolean isActive, int position) {
        public Sheet {
            name = name.strip();
            new FieldErrors()
                    .require(
                            PlainText.isFilled(name, MAX_NAME_LENGTH),
                            "name",
                            "Enter a name, up to 60 characters")
                    .require(
                            position >= 0 && position <= MAX_POSITION,
                            "position",
                            "Must be between 0 and 1,000")
                    .throwIfAny();
        }

        /** What is said of a plan now. */
        public static Sheet of(Plan plan) {
            return new Sheet(plan.name(), plan.isPublic(), plan.isActive(), plan.position());
        }

        private Map<String, ?> told() {
            return Map.of(
                    "name", name,
                    "is_public", isPublic,
                    "is_active", isActive,
                    "position", position);
        }
    }

    /** All there are, with their latest terms. */
    public List<Plan> all() {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        Plans.SELECT
                                                + " WHERE true"
                                                + Plans.LATEST
                                                + " ORDER BY position, slug")
                                .query(PlanRows::plan)
                                .list());
    }

    public Plan get(String slug) {
        return platform.read(jdbc -> find(jdbc, slug));
    }

    private static Plan find(JdbcClient jdbc, String slug) {
        return jdbc.sql(Plans.SELECT + " WHERE slug = :slug" + Plans.LATEST)
                .param("slug", slug)
                .query(PlanRows::plan)
                .optional()
                .orElseThrow(() -> Problem.notFound("Plan"));
    }

    /** The terms a plan has had, the latest first. */
    public List<PlanVersion> versions(Plan plan) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT * FROM plan_version WHERE plan_id = :plan
                                         ORDER BY version DESC
                                        """)
                                .param("plan", plan.id())
                                .query(PlanRows::version)
                                .list());
    }

    /**
     * Adds a plan with its first terms.
     *
     * @param slug how programs call it, for good; made of the name where null
     */
    public Plan create(@Nullable String slug, Sheet sheet, PlanTerms terms) {
        String wanted = slug == null ? Slug.of(sheet.name(), "plan").value() : requireSlug(slug);
        terms.requireSound();
        return platform.write(
                jdbc -> {
                    UUID id =
                            insert(jdbc, wanted, sheet)
                                    .orElseThrow(
                                            () ->
                                                    Problem.invalid(
                                                            "slug",
                                                            "There is a plan with this short name"
                                                                    + " already"));
                    insert(jdbc, id, 1, terms);
                    auditLog.record(
                            "plan.created",
                            "plan:" + wanted,
                            Map.of("name", sheet.name(), "terms", told(terms)));
                    return find(jdbc, wanted);
                });
    }

    private static String requireSlug(String slug) {
        // "new" is the page that adds one
        if (!Slug.isValid(slug) || slug.equals("new")) {
            throw Problem.invalid(
                    "slug", "Use lower-case letters, digits and single hyphens; not \"new\"");
        }
        return slug;
    }

    private static Optional<UUID> insert(JdbcClient jdbc, String slug, Sheet sheet) {
        return jdbc.sql(
                        """
                        INSERT INTO plan (slug, name, is_public, is_active, position)
                        VALUES (:slug, :name, :is_public, :is_active, :position)
                        ON CONFLICT (slug) DO NOTHING RETURNING id
                        """)
                .param("slug", slug)
                .param("name", sheet.name())
                .param("is_public", sheet.isPublic())
                .param("is_active", sheet.isActive())
                .param("position", sheet.position())
                .query(UUID.class)
                .optional();
    }

    /** Changes what is said of a plan, for all who are on it too. */
    public Plan change(String slug, Sheet sheet, IfMatch ifMatch) {
        return platform.write(
                jdbc -> {
                    Plan before = locked(jdbc, slug, ifMatch);
                    if (slug.equals(Plans.FREE_TRIAL) && !sheet.isActive()) {
                        throw Problem.conflict(
                                "plan_needed", "Whoever signs up begins on the free trial");
                    }
                    jdbc.sql(
                                    """
                                    UPDATE plan SET name = :name, is_public = :is_public,
                                           is_active = :is_active, position = :position
                                     WHERE id = :id
                                    """)
                            .param("name", sheet.name())
                            .param("is_public", sheet.isPublic())
                            .param("is_active", sheet.isActive())
                            .param("position", sheet.position())
                            .param("id", before.id())
                            .update();
                    auditLog.recordChange(
                            "plan.changed",
                            "plan:" + slug,
                            Map.of("name", sheet.name()),
                            Sheet.of(before).told(),
                            sheet.told());
                    return find(jdbc, slug);
                });
    }

    /** Adds terms for those who come onto the plan from now on. */
    public Plan addVersion(String slug, PlanTerms terms, IfMatch ifMatch) {
        terms.requireSound();
        if (slug.equals(Plans.FREE_TRIAL) && terms.trialDays() == null) {
            throw Problem.invalid("trial_days", "Say how many days the free trial lasts");
        }
        return platform.write(
                jdbc -> {
                    Plan before = locked(jdbc, slug, ifMatch);
                    if (terms.equals(before.terms())) {
                        throw Problem.conflict(
                                "nothing_changed", "These are the terms that the plan has already");
                    }
                    int number = before.version() + 1;
                    insert(jdbc, before.id(), number, terms);
                    auditLog.recordChange(
                            "plan.terms_changed",
                            "plan:" + slug,
                            Map.of("name", before.name(), "version", number),
                            told(before.terms()),
                            told(terms));
                    return find(jdbc, slug);
                });
    }

    /** The plan as it is now, and stays until the end of the transaction. */
    private static Plan locked(JdbcClient jdbc, String slug, IfMatch ifMatch) {
        jdbc.sql("SELECT FROM plan WHERE slug = :slug FOR UPDATE")
                .param("slug", slug)
                .query((row, number) -> true)
                .optional();
        Plan plan = find(jdbc, slug);
        ifMatch.require(plan);
        return plan;
    }

    private static void insert(JdbcClient jdbc, UUID planId, int version, PlanTerms terms) {
        jdbc.sql(
                        """
                        INSERT INTO plan_version (plan_id, version, currency, monthly_price_minor,
                            annual_price_minor, included_credits, credits_once, credits_roll_over,
                            max_sites, max_users, max_sectors_per_site, trial_days, features,
                            reads_per_minute, writes_per_minute, ai_per_minute)
                        VALUES (:plan, :version, :currency, :monthly, :annual, :credits, :once,
                            :roll_over, :sites, :users, :sectors, :trial, :features, :reads,
                            :writes, :ai)
                        """)
                .param("plan", planId)
                .param("version", version)
                .param("currency", terms.currency())
                .param("monthly", terms.monthlyPriceMinor())
                .param("annual", terms.annualPriceMinor(), Types.BIGINT)
                .param("credits", terms.includedCredits())
                .param("once", terms.creditsOnce())
                .param("roll_over", terms.creditsRollOver())
                .param("sites", terms.maxSites())
                .param("users", terms.maxUsers())
                .param("sectors", terms.maxSectorsPerSite())
                .param("trial", terms.trialDays(), Types.INTEGER)
                .param("features", keys(terms).toArray(String[]::new))
                .param("reads", terms.readsPerMinute(), Types.INTEGER)
                .param("writes", terms.writesPerMinute(), Types.INTEGER)
                .param("ai", terms.aiPerMinute(), Types.INTEGER)
                .update();
    }

    private static List<String> keys(PlanTerms terms) {
        return terms.features().stream().map(Feature::key).toList();
    }

    private static Map<String, ?> told(PlanTerms terms) {
        Map<String, @Nullable Object> told = new TreeMap<>();
        told.put("currency", terms.currency());
        told.put("monthly_price_minor", terms.monthlyPriceMinor());
        told.put("annual_price_minor", terms.annualPriceMinor());
        told.put("included_credits", terms.includedCredits());
        told.put("credits_once", terms.creditsOnce());
        told.put("credits_roll_over", terms.creditsRollOver());
        told.put("max_sites", terms.maxSites());
        told.put("max_users", terms.maxUsers());
        told.put("max_sectors_per_site", terms.maxSectorsPerSite());
        told.put("trial_days", terms.trialDays());
        told.put("features", keys(terms));
        told.put("reads_per_minute", terms.readsPerMinute());
        told.put("writes_per_minute", terms.writesPerMinute());
        told.put("ai_per_minute", terms.aiPerMinute());
        return told;
    }
}
