package com.igny8.planner;

import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.PlainText;
import com.igny8.kernel.Problem;
import com.igny8.site.Sites;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** The clusters of the bound account's sites. */
@Component
public class Clusters {
    static final int MAX_NAME_LENGTH = 500;

    private static final String SELECT =
            """
            SELECT cluster.id, cluster.site_id, cluster.name, cluster.intent, cluster.status,
                   count(keyword.id) AS keyword_count,
                   coalesce(sum(keyword.volume), 0)::bigint AS total_volume
              FROM cluster LEFT JOIN keyword
                ON keyword.account_id = cluster.account_id AND keyword.cluster_id = cluster.id
               AND keyword.deleted_at IS NULL
             WHERE cluster.account_id = :account_id AND cluster.deleted_at IS NULL
            """;

    private final TenantTransactions transactions;
    private final Sites sites;
    private final AuditLog auditLog;

    Clusters(TenantTransactions transactions, Sites sites, AuditLog auditLog) {
        this.transactions = transactions;
        this.sites = sites;
        this.auditLog = auditLog;
    }

    /** Clusters of a site the caller may reach, most searched first. */
    public Page<Cluster> list(UUID siteId, PageRequest page) {
        sites.get(siteId);
        return transactions.read(
                sql -> {
                    String matching =
                            " AND cluster.site_id = :site AND (:pattern::text IS NULL OR"
                                    + " cluster.name ILIKE :pattern)";
                    var rows =
                            sql.statement(
                                            SELECT
                                                    + matching
                                                    + """
                                                     GROUP BY cluster.account_id, cluster.id
                                                     ORDER BY total_volume DESC,
                                                           keyword_count DESC, cluster.name,
                                                           cluster.id
                                                     LIMIT :limit OFFSET :offset
                                                    """)
                                    .param("site", siteId)
                                    .param("pattern", page.pattern())
                                    .param("limit", page.size())
                                    .param("offset", page.offset())
                                    .query(Clusters::cluster)
                                    .list();
                    long count =
                            sql.statement(
                                            "SELECT count(*) FROM cluster"
                                                    + " WHERE cluster.account_id = :account_id"
                                                    + " AND cluster.deleted_at IS NULL"
                                                    + matching)
                                    .param("site", siteId)
                                    .param("pattern", page.pattern())
                                    .query(Long.class)
                                    .single();
                    return new Page<>(rows, count, page);
                });
    }

    /** A cluster on a site the caller may reach. */
    public Cluster get(UUID id) {
        Cluster cluster = transactions.read(sql -> find(sql, id));
        sites.get(cluster.siteId());
        return cluster;
    }

    /** Gives a cluster a name of one's own; clustering again keeps it. */
    public Cluster rename(UUID id, String name, IfMatch ifMatch) {
        if (!PlainText.isFilled(name.strip(), MAX_NAME_LENGTH)) {
            throw Problem.invalid("name", "Enter a name, up to " + MAX_NAME_LENGTH + " characters");
        }
        Cluster before = get(id);
        sites.getForEditing(before.siteId());
        return transactions.write(
                sql -> {
                    Keywords.lockAll(sql, before.siteId());
                    ifMatch.require(find(sql, id));
                    auditLog.recordChange(
                            "cluster.renamed",
                            "cluster:" + id,
                            Map.of("name", before.name(), "site", before.siteId()),
                            Map.of("name", before.name()),
                            Map.of("name", name.strip()));
                    sql.statement(
                                    """
                                    UPDATE cluster SET name = :name, name_is_given = true,
                                           updated_at = now()
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("name", name.strip())
                            .param("id", id)
                            .update();
                    return find(sql, id);
                });
    }

    private static Cluster find(AccountSql sql, UUID id) {
        return sql.statement(
                        SELECT
                                + " AND cluster.id = :id"
                                + " GROUP BY cluster.account_id, cluster.id")
                .param("id", id)
                .query(Clusters::cluster)
                .optional()
                .orElseThrow(() -> Problem.notFound("Cluster"));
    }

    private static Cluster cluster(ResultSet row, int number) throws SQLException {
        return new Cluster(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "site_id"),
                row.getString("name"),
                row.getLong("keyword_count"),
                row.getLong("total_volume"),
                Intent.of(row.getString("intent")),
                row.getString("status"));
    }
}
