package com.igny8.catalog;

import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.kernel.Slug;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packs of credits that are sold beside a plan. */
@Component
public class CreditPacks {
    private static final String SELECT = "SELECT * FROM credit_pack";
    private static final String SHOWN = " ORDER BY position, credits, slug";

    private final PlatformTransactions platform;
    private final AuditLog auditLog;

    CreditPacks(PlatformTransactions platform, AuditLog auditLog) {
        this.platform = platform;
        this.auditLog = auditLog;
    }

    /** Those that can be bought, in the order in which they are shown. */
    public List<CreditPack> onOffer() {
        return platform.read(
                jdbc ->
                        jdbc.sql(SELECT + " WHERE is_active" + SHOWN)
                                .query(CreditPacks::pack)
                                .list());
    }

    /** One that can be bought; 404 where there is none. */
    public CreditPack requireOnOffer(String slug) {
        return onOffer().stream()
                .filter(pack -> pack.slug().equals(slug))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Credit pack"));
    }

    /** For operators: all there are. */
    public List<CreditPack> all() {
        return platform.read(jdbc -> jdbc.sql(SELECT + SHOWN).query(CreditPacks::pack).list());
    }

    /** For operators: also one that cannot be bought. */
    public CreditPack get(String slug) {
        return platform.read(jdbc -> find(jdbc, slug, ""));
    }

    private static CreditPack find(JdbcClient jdbc, String slug, String lock) {
        return jdbc.sql(SELECT + " WHERE slug = :slug" + lock)
                .param("slug", slug)
                .query(CreditPacks::pack)
                .optional()
                .orElseThrow(() -> Problem.notFound("Credit pack"));
    }

    /**
     * For operators: adds one.
     *
     * @param slug how programs call it, for good; made of the credits where null
     */
    public CreditPack create(@Nullable String slug, CreditPack.Offer offer) {
        if (slug != null && !Slug.isValid(slug)) {
            throw Problem.invalid("slug", "Use lower-case letters, digits and single hyphens");
        }
        String wanted = slug == null ? "credits-" + offer.credits() : slug;
        return platform.write(
                jdbc -> {
                    CreditPack pack =
                            insert(jdbc, wanted, offer)
                                    .orElseThrow(
                                            () ->
                                                    Problem.invalid(
                                                            "slug",
                                                            "There is a pack with this short name"
                                                                    + " already"));
                    auditLog.record("credit_pack.created", "credit_pack:" + wanted, told(pack));
                    return pack;
                });
    }

    private static Optional<CreditPack> insert(
            JdbcClient jdbc, String slug, CreditPack.Offer offer) {
        return with(
                        offer,
                        jdbc.sql(
                                """
                                INSERT INTO credit_pack (slug, credits, currency, price_minor,
                                    valid_months, is_active, position)
                                VALUES (:slug, :credits, :currency, :price, :months, :is_active,
                                    :position)
                                ON CONFLICT (slug) DO NOTHING RETURNING *
                                """))
                .param("slug", slug)
                .query(CreditPacks::pack)
                .optional();
    }

    /** For operators: what was sold is not touched by it. */
    public CreditPack change(String slug, CreditPack.Offer offer, IfMatch ifMatch) {
        return platform.write(
                jdbc -> {
                    CreditPack before = find(jdbc, slug, " FOR UPDATE");
                    ifMatch.require(before);
                    CreditPack after =
                            with(
                                            offer,
                                            jdbc.sql(
                                                    """
                                                    UPDATE credit_pack
                                                       SET credits = :credits,
                                                           currency = :currency,
                                                           price_minor = :price,
                                                           valid_months = :months,
                                                           is_active = :is_active,
                                                           position = :position
                                                     WHERE slug = :slug RETURNING *
                                                    """))
                                    .param("slug", slug)
                                    .query(CreditPacks::pack)
                                    .single();
                    auditLog.recordChange(
                            "credit_pack.changed",
                            "credit_pack:" + slug,
                            Map.of("name", after.name()),
                            told(before),
                            told(after));
                    return after;
                });
    }

    private static JdbcClient.StatementSpec with(
            CreditPack.Offer offer, JdbcClient.StatementSpec statement) {
        return statement
                .param("credits", offer.credits())
                .param("currency", offer.currency())
                .param("price", offer.priceMinor())
                .param("months", offer.validMonths())
                .param("is_active", offer.isActive())
                .param("position", offer.position());
    }

    private static Map<String, ?> told(CreditPack pack) {
        CreditPack.Offer offer = pack.offer();
        return Map.of(
                "name", pack.name(),
                "credits", offer.credits(),
                "currency", offer.currency(),
                "price_minor", offer.priceMinor(),
                "valid_months", offer.validMonths(),
                "is_active", offer.isActive(),
                "position", offer.position());
    }

    private static CreditPack pack(ResultSet row, int number) throws SQLException {
        return new CreditPack(
                Columns.uuid(row, "id"),
                row.getString("slug"),
                new CreditPack.Offer(
                        row.getLong("credits"),
                        row.getString("currency"),
                        row.getLong("price_minor"),
                        row.getInt("valid_months"),
                        row.getBoolean("is_active"),
                        row.getInt("position")));
    }
}
