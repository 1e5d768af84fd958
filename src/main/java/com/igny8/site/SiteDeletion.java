package com.igny8.site;

import com.igny8.account.Accounts;
import com.igny8.account.Deleted;
import com.igny8.account.Deletion;
import com.igny8.account.Retention;
import com.igny8.billing.Subscriptions;
import com.igny8.catalog.Limit;
import com.igny8.jobs.Jobs;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.kernel.Slug;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Deletes sites and brings them back. What is below a deleted site stays as it is, out of reach
 * with it.
 */
@Component
class SiteDeletion {
    private static final String RESTORABLE =
            """
             FROM site WHERE account_id = :account_id AND deleted_at IS NOT NULL
              AND restore_until > :now
            """;

    private final TenantTransactions transactions;
    private final Sites sites;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Retention retention;
    private final Jobs jobs;
    private final AuditLog auditLog;

    SiteDeletion(
            TenantTransactions transactions,
            Sites sites,
            Accounts accounts,
            Subscriptions subscriptions,
            Retention retention,
            Jobs jobs,
            AuditLog auditLog) {
        this.transactions = transactions;
        this.sites = sites;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.retention = retention;
        this.jobs = jobs;
        this.auditLog = auditLog;
    }

    /** Deletes a site and cancels the work on it. */
    Deletion delete(UUID id) {
        Site site = sites.get(id);
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    accounts.lockForLimits();
                    Deletion deletion = retention.begin();
                    if (!retention.mark(sql, "site", id, deletion)) {
                        throw Problem.notFound("Site"); // Somebody else was first
                    }
                    jobs.cancelOn(id);
                    auditLog.record(
                            "site.deleted",
                            "site:" + id,
                            Map.of(
                                    "name", site.name(),
                                    "domain", site.domain(),
                                    "restore_until", deletion.restoreUntil().toString()));
                    return deletion;
                });
    }

    /** Sites that can be had back, the latest first. */
    Page<Deleted<Site>> list(PageRequest page) {
        Tenancy.caller().require(Role.ADMIN);
        var restorable = new PagedSelect("SELECT *", RESTORABLE, "deleted_at DESC, id");
        var now = Columns.timestamp(retention.now());
        return transactions.read(
                sql ->
                        restorable.read(
                                statement -> sql.statement(statement).param("now", now),
                                page,
                                (row, number) -> retention.deleted(Sites.site(row, number), row)));
    }

    /** Brings a site back, if the plan has room and its domain was not given to another. */
    Site restore(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    accounts.lockForLimits();
                    Site site = restorable(sql, id);
                    subscriptions.currentPlan().requireRoom(Limit.MAX_SITES, Sites.count(sql));
                    if (Sites.hasDomain(sql, site.domain())) {
                        throw Problem.conflict(
                                "domain_taken",
                                "There is a new site with the domain %s. Delete it or give it another domain first"
                                        .formatted(site.domain()));
                    }
                    Slug.claim(new Slug(site.slug()), slug -> bringBack(sql, id, slug));
                    auditLog.record("site.restored", "site:" + id, Map.of("name", site.name()));
                    return sites.get(id);
                });
    }

    private Site restorable(AccountSql sql, UUID id) {
        return sql.statement("SELECT *" + RESTORABLE + " AND id = :id FOR UPDATE")
                .param("now", Columns.timestamp(retention.now()))
                .param("id", id)
                .query(Sites::site)
                .optional()
                .orElseThrow(() -> Problem.notFound("Deleted site"));
    }

    /** Nothing where a new site has the slug: those that take one hold the account's lock. */
    private static Optional<Boolean> bringBack(AccountSql sql, UUID id, Slug slug) {
        return sql.statement(
                        """
                        UPDATE site SET deleted_at = NULL, deleted_by = NULL, restore_until = NULL,
                               slug = :slug, updated_at = now()
                         WHERE account_id = :account_id AND id = :id
                           AND NOT EXISTS (SELECT FROM site other
                               WHERE other.account_id = :account_id AND other.slug = :slug
                                 AND other.deleted_at IS NULL)
                        RETURNING true
                        """)
                .param("slug", slug.value())
                .param("id", id)
                .query(Boolean.class)
                .optional();
    }
}
