package com.igny8.site;

import com.igny8.account.Accounts;
import com.igny8.billing.Subscriptions;
import com.igny8.catalog.Industries;
import com.igny8.catalog.Limit;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.kernel.Slug;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The lines of business on the sites of the bound account. */
@Component
public class Sectors {
    private static final String NAME = "Enter a name, up to 120 characters";

    private final TenantTransactions transactions;
    private final Sites sites;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Industries industries;
    private final AuditLog auditLog;

    Sectors(
            TenantTransactions transactions,
            Sites sites,
            Accounts accounts,
            Subscriptions subscriptions,
            Industries industries,
            AuditLog auditLog) {
        this.transactions = transactions;
        this.sites = sites;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.industries = industries;
        this.auditLog = auditLog;
    }

    /** Adds a sector of the site's own industry, if the plan has room. */
    public Sector create(UUID siteId, String name, int industrySectorId) {
        Tenancy.caller().require(Role.ADMIN);
        Site site = sites.get(siteId);
        boolean fits =
                industries
                        .find(site.industryId())
                        .filter(industry -> industry.hasSector(industrySectorId))
                        .isPresent();
        new FieldErrors()
                .require(Site.isName(name), "name", NAME)
                .require(
                        fits,
                        "industry_sector",
                        "Choose a line of business of the site's own industry")
                .throwIfAny();
        return transactions.write(
                sql -> {
                    accounts.lockForLimits();
                    List<Sector> present = list(siteId);
                    requireRoom(present);
                    if (present.stream()
                            .anyMatch(sector -> sector.industrySectorId() == industrySectorId)) {
                        throw Problem.invalid(
                                "industry_sector", "The site has this sector already");
                    }
                    Sector sector =
                            Slug.claim(
                                    Slug.of(name, "sector"),
                                    slug ->
                                            insert(
                                                    sql,
                                                    site,
                                                    name.strip(),
                                                    industrySectorId,
                                                    slug));
                    auditLog.record(
                            "sector.created",
                            "sector:" + sector.id(),
                            Map.of("site", siteId, "name", sector.name()));
                    return sector;
                });
    }

    /** For those who hold the account's lock. */
    void requireRoom(List<Sector> present) {
        subscriptions.currentPlan().requireRoom(Limit.MAX_SECTORS_PER_SITE, present.size());
    }

    private static Optional<Sector> insert(
            AccountSql sql, Site site, String name, int industrySectorId, Slug slug) {
        return sql.statement(
                        """
                        INSERT INTO sector (account_id, site_id, name, slug, industry_id,
                            industry_sector_id)
                        VALUES (:account_id, :site, :name, :slug, :industry, :industry_sector)
                        ON CONFLICT (account_id, site_id, slug) WHERE deleted_at IS NULL
                            DO NOTHING
                        RETURNING *
                        """)
                .param("site", site.id())
                .param("name", name)
                .param("slug", slug.value())
                .param("industry", site.industryId())
                .param("industry_sector", industrySectorId)
                .query(Sectors::sector)
                .optional();
    }

    /** The sectors of a site the caller may reach. */
    public List<Sector> list(UUID siteId) {
        sites.get(siteId);
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM sector
                                         WHERE account_id = :account_id AND site_id = :site
                                           AND deleted_at IS NULL
                                         ORDER BY name, id
                                        """)
                                .param("site", siteId)
                                .query(Sectors::sector)
                                .list());
    }

    /** A sector of the site; 404 where it is not one. */
    public Sector require(UUID siteId, UUID sectorId) {
        return list(siteId).stream()
                .filter(sector -> sector.id().equals(sectorId))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Sector"));
    }

    /** A sector on a site the caller may reach. */
    public Sector get(UUID id) {
        Sector sector = transactions.read(sql -> find(sql, id, ""));
        sites.get(sector.siteId());
        return sector;
    }

    private static Sector find(AccountSql sql, UUID id, String lock) {
        return sql.statement(
                        """
                        SELECT * FROM sector
                         WHERE account_id = :account_id AND id = :id AND deleted_at IS NULL
                        """
                                + lock)
                .param("id", id)
                .query(Sectors::sector)
                .optional()
                .orElseThrow(() -> Problem.notFound("Sector"));
    }

    /** Calls a sector something else. */
    Sector rename(UUID id, String name, IfMatch ifMatch) {
        get(id);
        Tenancy.caller().require(Role.ADMIN);
        if (!Site.isName(name)) {
            throw Problem.invalid("name", NAME);
        }
        return transactions.write(
                sql -> {
                    Sector before = find(sql, id, "FOR NO KEY UPDATE");
                    ifMatch.require(before);
                    sql.statement(
                                    """
                                    UPDATE sector SET name = :name, updated_at = now()
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("name", name.strip())
                            .param("id", id)
                            .update();
                    auditLog.record(
                            "sector.changed",
                            "sector:" + id,
                            Map.of("before", before.name(), "after", name.strip()));
                    return find(sql, id, "");
                });
    }

    static Sector sector(ResultSet row, int number) throws SQLException {
        return new Sector(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "site_id"),
                row.getString("name"),
                row.getString("slug"),
                row.getInt("industry_sector_id"));
    }
}
