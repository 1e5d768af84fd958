package com.igny8.planner;

import com.igny8.account.Retention;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.site.Sites;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

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
        String matching =
                """
                 FROM %s WHERE account_id = :account_id AND site_id = :site
                  AND restore_until > :now
                  AND (:pattern::text IS NULL OR %s ILIKE :pattern)
                """
                        .formatted(kind.table(), kind.nameColumn());
        return transactions.read(
                sql -> {
                    Function<String, StatementSpec> statement =
                            text ->
                                    sql.statement(text)
                                            .param("site", siteId)
                                            .param("now", Columns.timestamp(retention.now()))
                                            .param("pattern", page.pattern());
                    return new Page<>(
                            statement
                                    .apply(
                                            "SELECT id, %s AS name, deleted_at, restore_until"
                                                            .formatted(kind.nameColumn())
                                                    + matching
                                                    + " ORDER BY deleted_at DESC, name, id"
                                                    + " LIMIT :limit OFFSET :offset")
                                    .param("limit", page.size())
                                    .param("offset", page.offset())
                                    .query(
                                            (row, number) ->
                                                    new Thing(
                                                            Columns.uuid(row, "id"),
                                                            row.getString("name"),
                                                            Columns.instant(row, "deleted_at"),
                                                            Columns.instant(row, "restore_until")))
                                    .list(),
                            statement
                                    .apply("SELECT count(*)" + matching)
                                    .query(Long.class)
                                    .single(),
                            page);
                });
    }
}
