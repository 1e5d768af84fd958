package com.igny8.planner;

import com.igny8.account.Retention;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.site.Sites;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** What was deleted on a site lately, and can be had back. */
@Component
class Removed {
    private final TenantTransactions transactions;
    private final Sites sites;
    private final Retention retention;

    Removed(TenantTransactions transactions, Sites sites, Retention retention) {
        this.transactions = transactions;
        this.sites = sites;
        this.retention = retention;
    }

    /** A keyword or a cluster that is gone for now. */
    record Thing(UUID id, String name, Instant deletedAt, Instant restoreUntil) {}

    /** The latest first. */
    Page<Thing> list(UUID siteId, Removal.Kind kind, PageRequest page) {
        sites.get(siteId);
        var removed =
                new PagedSelect(
                        "SELECT id, %s AS name, deleted_at, restore_until"
                                .formatted(kind.nameColumn()),
                        """
                         FROM %s WHERE account_id = :account_id AND site_id = :site
                          AND restore_until > :now
                          AND (:pattern::text IS NULL OR %s ILIKE :pattern)
                        """
                                .formatted(kind.table(), kind.nameColumn()),
                        "deleted_at DESC, name, id");
        return transactions.read(
                sql ->
                        removed.read(
                                statement ->
                                        sql.statement(statement)
                                                .param("site", siteId)
                                                .param("now", Columns.timestamp(retention.now())),
                                page,
                                Removed::thing));
    }

    private static Thing thing(ResultSet row, int number) throws SQLException {
        return new Thing(
                Columns.uuid(row, "id"),
                row.getString("name"),
                Columns.instant(row, "deleted_at"),
                Columns.instant(row, "restore_until"));
    }
}
