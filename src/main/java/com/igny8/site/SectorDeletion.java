package com.igny8.site;

import com.igny8.account.Accounts;
import com.igny8.account.Deleted;
import com.igny8.account.Deletion;
import com.igny8.account.Retention;
import com.igny8.kernel.Problem;
import com.igny8.kernel.Slug;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Deletes sectors and brings them back. Their keywords stay on the site, in no sector meanwhile.
 */
@Component
class SectorDeletion {
    private static final String RESTORABLE =
            """
            SELECT * FROM sector WHERE account_id = :account_id AND deleted_at IS NOT NULL
               AND restore_until > :now
            """;

    private final TenantTransactions transactions;
    private final Sites sites;
    private final Sectors sectors;
    private final Accounts accounts;
    private final Retention retention;
    private final AuditLog auditLog;

    SectorDeletion(
            TenantTransactions transactions,
            Sites sites,
            Sectors sectors,
            Accounts accounts,
            Retention retention,
            AuditLog auditLog) {
        this.transactions = transactions;
        this.sites = sites;
        this.sectors = sectors;
        this.accounts = accounts;
        this.retention = retention;
        this.auditLog = auditLog;
    }

    Deletion delete(UUID id) {
        Sector sector = sectors.get(id);
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    accounts.lockForLimits();
                    Deletion deletion = retention.begin();
                    if (!retention.mark(sql, "sector", id, deletion)) {
                        throw Problem.notFound("Sector"); // Somebody else was first
                    }
                    auditLog.record(
                            "sector.deleted",
                            "sector:" + id,
                            Map.of(
                                    "name", sector.name(),
                                    "site", sector.siteId(),
                                    "restore_until", deletion.restoreUntil().toString()));
                    return deletion;
                });
    }

    /** Sectors of a site that can be had back, the latest first. */
    List<Deleted<Sector>> list(UUID siteId) {
        sites.get(siteId);
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(
                sql ->
                        sql.statement(
                                        RESTORABLE
                                                + " AND site_id = :site"
                                                + " ORDER BY deleted_at DESC, id")
                                .param("now", Columns.timestamp(retention.now()))
                                .param("site", siteId)
                                .query(
                                        (row, number) ->
                                                retention.deleted(Sectors.sector(row, number), row))
                                .list());
    }

    /** Brings a sector back, if the plan has room and the site has no other like it. */
    Sector restore(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    accounts.lockForLimits();
                    Sector sector = restorable(sql, id);
                    List<Sector> present = sectors.list(sector.siteId());
                    sectors.requireRoom(present);
                    if (present.stream()
                            .anyMatch(
                                    other ->
                                            other.industrySectorId()
                                                    == sector.industrySectorId())) {
                        throw Problem.conflict(
                                "sector_exists",
                                "The site has a new sector of this line of business. Delete that one first");
                    }
                    Slug.claim(new Slug(sector.slug()), slug -> bringBack(sql, sector, slug));
                    auditLog.record(
                            "sector.restored", "sector:" + id, Map.of("name", sector.name()));
                    return sectors.get(id);
                });
    }

    private Sector restorable(AccountSql sql, UUID id) {
        return sql.statement(RESTORABLE + " AND id = :id FOR UPDATE")
                .param("now", Columns.timestamp(retention.now()))
                .param("id", id)
                .query(Sectors::sector)
                .optional()
                .orElseThrow(() -> Problem.notFound("Deleted sector"));
    }

    /** Nothing where a new sector has the slug: those that take one hold the account's lock. */
    private static Optional<Boolean> bringBack(AccountSql sql, Sector sector, Slug slug) {
        return sql.statement(
                        """
                        UPDATE sector SET deleted_at = NULL, deleted_by = NULL,
                               restore_until = NULL, slug = :slug, updated_at = now()
                         WHERE account_id = :account_id AND id = :id
                           AND NOT EXISTS (SELECT FROM sector other
                               WHERE other.account_id = :account_id AND other.site_id = :site
                                 AND other.slug = :slug AND other.deleted_at IS NULL)
                        RETURNING true
                        """)
                .param("slug", slug.value())
                .param("site", sector.siteId())
                .param("id", sector.id())
                .query(Boolean.class)
                .optional();
    }
}
