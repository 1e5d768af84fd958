package com.igny8.planner;

import com.igny8.account.Deletion;
import com.igny8.account.Retention;
import com.igny8.kernel.Problem;
import com.igny8.site.Sites;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Deletes keywords and clusters and brings them back, many at a time and all or none.
 *
 * <p>A cluster that loses its last keyword goes with it and comes back with it. A deleted cluster
 * leaves its keywords in no cluster; when it is restored, those that nobody put elsewhere meanwhile
 * are in it again. A keyword that is imported while it is deleted comes in as a new one, and the
 * deleted one can be restored no more.
 */
@Component
class Removal {
    private final TenantTransactions transactions;
    private final Sites sites;
    private final Retention retention;
    private final AuditLog auditLog;

    Removal(TenantTransactions transactions, Sites sites, Retention retention, AuditLog auditLog) {
        this.transactions = transactions;
        this.sites = sites;
        this.retention = retention;
        this.auditLog = auditLog;
    }

    /** What can be deleted, by the name of its table. */
    enum Kind {
        KEYWORD("keyword", "keyword", "Keyword"),
        CLUSTER("cluster", "name", "Cluster");

        private final String table;
        private final String nameColumn;
        private final String word;

        Kind(String table, String nameColumn, String word) {
            this.table = table;
            this.nameColumn = nameColumn;
            this.word = word;
        }

        /** By what it is called in an address: several of them. */
        static Kind of(String path) {
            return Arrays.stream(values())
                    .filter(kind -> kind.path().equals(path))
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("Page"));
        }

        String path() {
            return table + "s";
        }

        String table() {
            return table;
        }

        String nameColumn() {
            return nameColumn;
        }
    }

    Deletion deleteKeywords(Collection<UUID> ids) {
        return transactions.write(
                sql -> {
                    Set<UUID> wanted = lockSites(sql, Kind.KEYWORD, ids, "deleted_at IS NULL");
                    Deletion deletion = retention.begin();
                    mark(sql, Kind.KEYWORD, wanted, deletion);
                    deletion(
                                    sql,
                                    """
                                    UPDATE cluster SET deleted_at = :at, deleted_by = :by,
                                           restore_until = :until
                                     WHERE account_id = :account_id AND deleted_at IS NULL
                                       AND id IN (SELECT cluster_id FROM keyword
                                           WHERE account_id = :account_id AND id = ANY (:ids))
                                       AND NOT EXISTS (SELECT FROM keyword
                                           WHERE keyword.account_id = :account_id
                                             AND keyword.cluster_id = cluster.id
                                             AND keyword.deleted_at IS NULL)
                                    """,
                                    wanted,
                                    deletion)
                            .update();
                    record("keywords.deleted", Kind.KEYWORD, wanted);
                    return deletion;
                });
    }

    Deletion deleteClusters(Collection<UUID> ids) {
        return transactions.write(
                sql -> {
                    Set<UUID> wanted = lockSites(sql, Kind.CLUSTER, ids, "deleted_at IS NULL");
                    Deletion deletion = retention.begin();
                    rememberMembers(sql, wanted);
                    mark(sql, Kind.CLUSTER, wanted, deletion);
                    record("clusters.deleted", Kind.CLUSTER, wanted);
                    return deletion;
                });
    }

    private static void rememberMembers(AccountSql sql, Set<UUID> clusters) {
        of(
                        sql,
                        """
                        UPDATE cluster SET had_keywords = ARRAY(SELECT keyword.id FROM keyword
                               WHERE keyword.account_id = :account_id
                                 AND keyword.cluster_id = cluster.id)
                         WHERE account_id = :account_id AND id = ANY (:ids)
                        """,
                        clusters)
                .update();
        of(
                        sql,
                        """
                        UPDATE keyword SET cluster_id = NULL, cluster_is_given = false,
                               updated_at = now(),
                               status = CASE WHEN status = 'clustered' THEN 'new' ELSE status END
                         WHERE account_id = :account_id AND cluster_id = ANY (:ids)
                        """,
                        clusters)
                .update();
    }

    private static void mark(AccountSql sql, Kind kind, Set<UUID> ids, Deletion deletion) {
        deletion(
                        sql,
                        "UPDATE "
                                + kind.table
                                + """
                                 SET deleted_at = :at, deleted_by = :by, restore_until = :until
                                 WHERE account_id = :account_id AND id = ANY (:ids)
                                """,
                        ids,
                        deletion)
                .update();
    }

    void restore(Kind kind, Collection<UUID> ids) {
        switch (kind) {
            case KEYWORD -> restoreKeywords(ids);
            case CLUSTER -> restoreClusters(ids);
        }
    }

    /** 409 where one of them was imported or added again meanwhile. */
    void restoreKeywords(Collection<UUID> ids) {
        transactions.run(
                sql -> {
                    Set<UUID> wanted = lockSites(sql, Kind.KEYWORD, ids, restorable());
                    requireAbsent(sql, wanted);
                    bringBackClusters(sql, wanted);
                    of(
                                    sql,
                                    """
                                    UPDATE keyword SET deleted_at = NULL, deleted_by = NULL,
                                           restore_until = NULL, updated_at = now(),
                                           cluster_id = live.id,
                                           status = CASE WHEN keyword.status IN ('mapped', 'ignored')
                                                         THEN keyword.status
                                                         WHEN live.id IS NULL THEN 'new'
                                                         ELSE 'clustered' END
                                      FROM keyword AS old LEFT JOIN cluster AS live
                                        ON live.account_id = old.account_id
                                       AND live.id = old.cluster_id AND live.deleted_at IS NULL
                                     WHERE old.account_id = :account_id AND old.id = ANY (:ids)
                                       AND keyword.account_id = old.account_id
                                       AND keyword.id = old.id
                                    """,
                                    wanted)
                            .update();
                    record("keywords.restored", Kind.KEYWORD, wanted);
                });
    }

    private static void requireAbsent(AccountSql sql, Set<UUID> ids) {
        List<String> present =
                of(
                                sql,
                                """
                                SELECT gone.keyword FROM keyword AS gone JOIN keyword AS live
                                    ON live.account_id = gone.account_id
                                   AND live.site_id = gone.site_id AND live.folded = gone.folded
                                   AND live.country IS NOT DISTINCT FROM gone.country
                                   AND live.language IS NOT DISTINCT FROM gone.language
                                   AND live.deleted_at IS NULL
                                 WHERE gone.account_id = :account_id AND gone.id = ANY (:ids)
                                 ORDER BY gone.keyword LIMIT 1
                                """,
                                ids)
                        .query((row, number) -> row.getString(1))
                        .list();
        if (!present.isEmpty()) {
            throw Problem.conflict(
                    "keyword_exists",
                    "The keyword “%s” was added again meanwhile. Nothing was restored"
                            .formatted(present.getFirst()));
        }
    }

    /** Those that went because these keywords did. */
    private static void bringBackClusters(AccountSql sql, Set<UUID> keywords) {
        of(
                        sql,
                        """
                        UPDATE cluster SET deleted_at = NULL, deleted_by = NULL,
                               restore_until = NULL, updated_at = now()
                          FROM keyword
                         WHERE cluster.account_id = :account_id
                           AND keyword.account_id = :account_id AND keyword.id = ANY (:ids)
                           AND cluster.id = keyword.cluster_id
                           AND cluster.deleted_at = keyword.deleted_at
                        """,
                        keywords)
                .update();
    }

    void restoreClusters(Collection<UUID> ids) {
        transactions.run(
                sql -> {
                    Set<UUID> wanted = lockSites(sql, Kind.CLUSTER, ids, restorable());
                    of(
                                    sql,
                                    """
                                    UPDATE keyword SET cluster_id = cluster.id,
                                           updated_at = now(),
                                           status = CASE WHEN keyword.status = 'new'
                                               THEN 'clustered' ELSE keyword.status END
                                      FROM cluster
                                     WHERE cluster.account_id = :account_id
                                       AND cluster.id = ANY (:ids)
                                       AND keyword.account_id = :account_id
                                       AND keyword.id = ANY (cluster.had_keywords)
                                       AND keyword.cluster_id IS NULL
                                       AND NOT keyword.cluster_is_given
                                    """,
                                    wanted)
                            .update();
                    of(
                                    sql,
                                    """
                                    UPDATE cluster SET deleted_at = NULL, deleted_by = NULL,
                                           restore_until = NULL, had_keywords = '{}',
                                           updated_at = now()
                                     WHERE account_id = :account_id AND id = ANY (:ids)
                                    """,
                                    wanted)
                            .update();
                    record("clusters.restored", Kind.CLUSTER, wanted);
                });
    }

    private static String restorable() {
        return "deleted_at IS NOT NULL AND restore_until > :now";
    }

    private record Found(UUID id, UUID siteId) {}

    /**
     * The things, if all of them are there and on sites the caller may edit; else 404. Until the
     * transaction ends nobody else writes keywords of these sites.
     */
    private Set<UUID> lockSites(AccountSql sql, Kind kind, Collection<UUID> ids, String state) {
        Set<UUID> wanted = new TreeSet<>(ids);
        Set<UUID> siteIds = new TreeSet<>();
        find(sql, kind, wanted, state, null).forEach(found -> siteIds.add(found.siteId()));
        siteIds.forEach(sites::getForEditing);
        siteIds.forEach(site -> Keywords.lockAll(sql, site));
        // Looked for again under the lock: somebody else may have been first
        if (find(sql, kind, wanted, state, "FOR NO KEY UPDATE").size() < wanted.size()) {
            throw Problem.notFound(kind.word);
        }
        return wanted;
    }

    private List<Found> find(
            AccountSql sql, Kind kind, Set<UUID> ids, String state, @Nullable String lock) {
        return of(
                        sql,
                        "SELECT id, site_id FROM %s WHERE account_id = :account_id AND id = ANY (:ids) AND %s ORDER BY id %s"
                                .formatted(kind.table, state, lock == null ? "" : lock),
                        ids)
                .param("now", Columns.timestamp(retention.now()))
                .query(
                        (row, number) ->
                                new Found(Columns.uuid(row, "id"), Columns.uuid(row, "site_id")))
                .list();
    }

    private static StatementSpec of(AccountSql sql, String statement, Set<UUID> ids) {
        return sql.statement(statement).param("ids", ids.toArray(UUID[]::new));
    }

    private static StatementSpec deletion(
            AccountSql sql, String statement, Set<UUID> ids, Deletion deletion) {
        return of(sql, statement, ids)
                .param("at", Columns.timestamp(deletion.at()))
                .param("by", deletion.by())
                .param("until", Columns.timestamp(deletion.restoreUntil()));
    }

    private void record(String action, Kind kind, Set<UUID> ids) {
        UUID first = ids.iterator().next();
        auditLog.record(action, kind.table + ":" + first, Map.of("count", ids.size(), "ids", ids));
    }
}
