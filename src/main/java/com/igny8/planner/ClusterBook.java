package com.igny8.planner;

import com.igny8.planner.clustering.Clustering;
import com.igny8.planner.clustering.KeywordCluster;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the keywords that are to be clustered and writes the clusters that were found. What a
 * person did stays: keywords put somewhere by hand are not read, names given by hand are kept.
 */
@Component
class ClusterBook {
    private final TenantTransactions transactions;
    private final JsonMapper json;

    ClusterBook(TenantTransactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    /** A keyword as clustering sees it. */
    record Line(
            UUID id,
            String keyword,
            @Nullable Long volume,
            @Nullable Intent intent,
            List<String> serpUrls,
            @Nullable UUID clusterId) {

        /** As its source says, or as its wording tells. */
        @Nullable Intent likelyIntent() {
            return intent == null ? IntentRules.classify(keyword) : intent;
        }
    }

    /** How many keywords are in scope. */
    int count(AutoCluster.Scope scope) {
        return transactions.read(
                sql -> inScope(sql, "SELECT count(*)::int", scope).query(Integer.class).single());
    }

    /** The keywords in scope; the order makes no difference to what is found. */
    List<Line> read(AutoCluster.Scope scope) {
        return transactions.read(
                sql ->
                        inScope(
                                        sql,
                                        "SELECT id, keyword, volume, intent, serp_urls, cluster_id",
                                        scope)
                                .query(
                                        (row, number) ->
                                                new Line(
                                                        Columns.uuid(row, "id"),
                                                        row.getString("keyword"),
                                                        Columns.longOrNull(row, "volume"),
                                                        Intent.of(row.getString("intent")),
                                                        Columns.strings(row, "serp_urls"),
                                                        Columns.uuidOrNull(row, "cluster_id")))
                                .list());
    }

    private static JdbcClient.StatementSpec inScope(
            AccountSql sql, String select, AutoCluster.Scope scope) {
        List<UUID> ids = scope.keywordIds();
        return sql.statement(
                        select
                                + """
                                   FROM keyword
                                  WHERE account_id = :account_id AND site_id = :site
                                    AND deleted_at IS NULL AND status <> 'ignored'
                                    AND NOT cluster_is_given
                                    AND (:ids::uuid[] IS NULL OR id = ANY (:ids::uuid[]))
                                  """)
                .param("site", scope.siteId())
                .param("ids", ids == null ? null : ids.toArray(UUID[]::new));
    }

    private record Written(UUID id, String name, @Nullable String intent) {}

    private record Placed(UUID id, @Nullable UUID cluster, @Nullable String intent) {}

    /** Writes the clusters: each takes over the old one it shares most keywords with. */
    void store(UUID siteId, List<Line> lines, Clustering clustering) {
        Map<Integer, UUID> continued = Succession.of(clustering, lines);
        transactions.run(
                sql -> {
                    Keywords.lockAll(sql, siteId);
                    List<Written> clusters = written(sql, lines, clustering, continued);
                    writeClusters(sql, siteId, clusters);
                    placeKeywords(sql, lines, clustering, clusters);
                    dropEmpty(sql, siteId);
                });
    }

    private static List<Written> written(
            AccountSql sql, List<Line> lines, Clustering clustering, Map<Integer, UUID> continued) {
        List<UUID> fresh =
                sql.statement("SELECT uuidv7() AS id FROM generate_series(1, :count)")
                        .param("count", clustering.clusters().size())
                        .query((row, number) -> Columns.uuid(row, "id"))
                        .list();
        List<Written> clusters = new ArrayList<>();
        for (int number = 0; number < clustering.clusters().size(); number++) {
            KeywordCluster found = clustering.clusters().get(number);
            UUID old = continued.get(number);
            Intent intent = commonIntent(found.members().stream().map(lines::get).toList());
            clusters.add(
                    new Written(
                            old == null ? fresh.get(number) : old, found.name(), label(intent)));
        }
        return clusters;
    }

    /** What most searches are for: each keyword weighs as much as it is searched, and one more. */
    private static @Nullable Intent commonIntent(List<Line> members) {
        Map<Intent, Long> weights = new EnumMap<>(Intent.class);
        for (Line member : members) {
            Intent intent = member.likelyIntent();
            Long volume = member.volume();
            if (intent != null) {
                weights.merge(intent, 1 + (volume == null ? 0 : volume), Long::sum);
            }
        }
        return weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private void writeClusters(AccountSql sql, UUID siteId, List<Written> clusters) {
        sql.statement(
                        """
                        MERGE INTO cluster USING jsonb_to_recordset(:clusters::jsonb)
                              AS found (id uuid, name text, intent text)
                           ON cluster.account_id = :account_id AND cluster.id = found.id
                         WHEN MATCHED THEN UPDATE SET intent = found.intent, updated_at = now(),
                              deleted_at = NULL, deleted_by = NULL, restore_until = NULL,
                              name = CASE WHEN name_is_given THEN cluster.name ELSE found.name END
                         WHEN NOT MATCHED THEN INSERT (account_id, id, site_id, name, intent)
                              VALUES (:account_id, found.id, :site, found.name, found.intent)
                        """)
                .param("clusters", json.writeValueAsString(clusters))
                .param("site", siteId)
                .update();
    }

    private void placeKeywords(
            AccountSql sql, List<Line> lines, Clustering clustering, List<Written> clusters) {
        List<Placed> placed = new ArrayList<>(lines.size());
        for (int number = 0; number < lines.size(); number++) {
            int cluster = clustering.clusterOf().get(number);
            placed.add(
                    new Placed(
                            lines.get(number).id(),
                            cluster == Clustering.UNCLUSTERED ? null : clusters.get(cluster).id(),
                            label(lines.get(number).likelyIntent())));
        }
        sql.statement(
                        """
                        UPDATE keyword SET cluster_id = placed.cluster, intent = placed.intent,
                               updated_at = now(),
                               status = CASE WHEN status = 'mapped' THEN status
                                             WHEN placed.cluster IS NULL THEN 'new'
                                             ELSE 'clustered' END
                          FROM jsonb_to_recordset(:placed::jsonb)
                               AS placed (id uuid, cluster uuid, intent text)
                         WHERE account_id = :account_id AND keyword.id = placed.id
                           AND NOT cluster_is_given AND status <> 'ignored'
                           AND deleted_at IS NULL
                        """)
                .param("placed", json.writeValueAsString(placed))
                .update();
    }

    /** Not to be restored: nothing was in them. */
    private static void dropEmpty(AccountSql sql, UUID siteId) {
        sql.statement(
                        """
                        UPDATE cluster SET deleted_at = now(), restore_until = now()
                         WHERE account_id = :account_id AND site_id = :site
                           AND deleted_at IS NULL
                           AND NOT EXISTS (SELECT FROM keyword
                               WHERE keyword.account_id = :account_id
                                 AND keyword.cluster_id = cluster.id
                                 AND keyword.deleted_at IS NULL)
                        """)
                .param("site", siteId)
                .update();
    }

    private static @Nullable String label(@Nullable Intent intent) {
        return intent == null ? null : intent.label();
    }
}
