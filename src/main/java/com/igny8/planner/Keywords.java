package com.igny8.planner;

import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.planner.importing.KeywordRow;
import com.igny8.site.Sectors;
import com.igny8.site.Sites;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.NamedLock;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The keywords of the bound account's sites. */
@Component
public class Keywords {
    /** A deleted sector is none: its keywords are in it again once it is restored. */
    static final String SHOWN =
            """
            SELECT keyword.*, cluster.name AS cluster_name,
                   (SELECT sector.id FROM sector
                     WHERE sector.account_id = keyword.account_id
                       AND sector.site_id = keyword.site_id AND sector.id = keyword.sector_id
                       AND sector.deleted_at IS NULL) AS live_sector_id
            """;

    private static final String MATCHING =
            """
             FROM keyword LEFT JOIN cluster
               ON cluster.account_id = keyword.account_id AND cluster.id = keyword.cluster_id
            WHERE keyword.account_id = :account_id AND keyword.site_id = :site
              AND keyword.deleted_at IS NULL
              AND (:status::text IS NULL OR keyword.status = :status)
              AND (:cluster::uuid IS NULL OR keyword.cluster_id = :cluster)
              AND (:intent::text IS NULL OR keyword.intent = :intent)
              AND (:pattern::text IS NULL OR keyword.keyword ILIKE :pattern)
            """;

    private final TenantTransactions transactions;
    private final Sites sites;
    private final Sectors sectors;
    private final JsonMapper json;

    Keywords(TenantTransactions transactions, Sites sites, Sectors sectors, JsonMapper json) {
        this.transactions = transactions;
        this.sites = sites;
        this.sectors = sectors;
        this.json = json;
    }

    /** A row as it goes to the database. */
    private record Incoming(
            String keyword,
            String folded,
            @Nullable String country,
            @Nullable String language,
            @Nullable Long volume,
            @Nullable Integer difficulty,
            @Nullable Long cpcMicros,
            @Nullable String intent,
            List<String> serpUrls) {
        static Incoming of(KeywordRow row) {
            Intent intent = row.intent();
            return new Incoming(
                    row.keyword(),
                    row.folded(),
                    row.country(),
                    row.language(),
                    row.volume(),
                    row.difficulty(),
                    row.cpcMicros(),
                    intent == null ? null : intent.label(),
                    row.serpUrls());
        }
    }

    /** Whoever adds keywords to a site may edit it, and the sector is one of the site's. */
    void requireTarget(UUID siteId, @Nullable UUID sectorId) {
        sites.getForEditing(siteId);
        if (sectorId != null) {
            sectors.require(siteId, sectorId);
        }
    }

    /**
     * Until the transaction ends: whoever writes many keywords of a site does so alone. Two who
     * wrote the same ones in different orders would wait for each other.
     */
    static void lockAll(AccountSql sql, UUID siteId) {
        NamedLock.take(sql::statement, "keywords:" + siteId);
    }

    /**
     * Adds keywords to a site. One that is there already takes over what the row knows better.
     *
     * @return how many are new
     */
    int add(UUID siteId, @Nullable UUID sectorId, List<KeywordRow> rows) {
        return transactions.write(
                sql ->
                        sql.statement(
                                        """
                                        WITH written AS (
                                            INSERT INTO keyword (account_id, site_id, sector_id,
                                                keyword, folded, country, language, volume,
                                                difficulty, cpc_micros, intent, serp_urls)
                                            SELECT :account_id, :site, :sector, row.*
                                              FROM jsonb_to_recordset(:rows::jsonb) AS row (
                                                keyword text, folded text, country text,
                                                language text, volume bigint, difficulty smallint,
                                                cpc_micros bigint, intent text, serp_urls text[])
                                            ON CONFLICT (account_id, site_id, folded, country,
                                                    language) WHERE deleted_at IS NULL
                                            DO UPDATE SET
                                                volume = coalesce(excluded.volume, keyword.volume),
                                                difficulty = coalesce(
                                                    excluded.difficulty, keyword.difficulty),
                                                cpc_micros = coalesce(
                                                    excluded.cpc_micros, keyword.cpc_micros),
                                                intent = coalesce(excluded.intent, keyword.intent),
                                                serp_urls = CASE WHEN excluded.serp_urls = '{}'
                                                    THEN keyword.serp_urls
                                                    ELSE excluded.serp_urls END,
                                                updated_at = now()
                                            RETURNING xmax = 0 AS is_new)
                                        SELECT count(*) FILTER (WHERE is_new)::int FROM written
                                        """)
                                .param("site", siteId)
                                .param("sector", sectorId)
                                .param(
                                        "rows",
                                        json.writeValueAsString(
                                                rows.stream().map(Incoming::of).toList()))
                                .query(Integer.class)
                                .single());
    }

    /** Keywords of a site the caller may reach. */
    public Page<Keyword> list(Keyword.Filter filter, PageRequest page) {
        sites.get(filter.siteId());
        var matching = new PagedSelect(SHOWN, MATCHING, filter.order().sql() + ", keyword.id");
        return transactions.read(
                sql ->
                        matching.read(
                                statement -> matching(sql, statement, filter),
                                page,
                                Keywords::keyword));
    }

    private static JdbcClient.StatementSpec matching(
            AccountSql sql, String statement, Keyword.Filter filter) {
        return sql.statement(statement)
                .param("site", filter.siteId())
                .param("status", filter.status().map(Keyword.Status::key).orElse(null))
                .param("cluster", filter.clusterId())
                .param("intent", filter.intent().map(Intent::label).orElse(null));
    }

    /** How many keywords of a site there are, and how they are spread. */
    public Counts counts(UUID siteId) {
        sites.get(siteId);
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT count(*) AS keywords,
                                               count(*) FILTER (WHERE status <> 'ignored'
                                                   AND NOT cluster_is_given) AS clusterable,
                                               count(cluster_id) AS clustered,
                                               count(*) FILTER (WHERE cluster_id IS NULL
                                                   AND status <> 'ignored') AS unclustered,
                                               coalesce(sum(volume), 0)::bigint AS volume
                                          FROM keyword
                                         WHERE account_id = :account_id AND site_id = :site
                                           AND deleted_at IS NULL
                                        """)
                                .param("site", siteId)
                                .query(
                                        (row, number) ->
                                                new Counts(
                                                        row.getLong("keywords"),
                                                        row.getLong("clusterable"),
                                                        row.getLong("clustered"),
                                                        row.getLong("unclustered"),
                                                        row.getLong("volume")))
                                .single());
    }

    /**
     * A site's keywords in numbers.
     *
     * @param clusterable those that clustering reads: not ignored, not put somewhere by hand
     * @param volume searches a month of all whose volume is known
     */
    public record Counts(
            long keywords, long clusterable, long clustered, long unclustered, long volume) {}

    /**
     * Puts a keyword into a cluster of its site by hand, or out of any; clustering leaves it there.
     */
    public Keyword move(UUID id, @Nullable UUID clusterId, IfMatch ifMatch) {
        UUID siteId = get(id).siteId();
        sites.getForEditing(siteId);
        return transactions.write(
                sql -> {
                    lockAll(sql, siteId);
                    ifMatch.require(find(sql, id));
                    if (clusterId != null && !isClusterOf(sql, siteId, clusterId)) {
                        throw Problem.notFound("Cluster");
                    }
                    sql.statement(
                                    """
                                    UPDATE keyword SET cluster_id = :cluster,
                                           cluster_is_given = true, updated_at = now(),
                                           status = CASE
                                               WHEN status IN ('mapped', 'ignored') THEN status
                                               WHEN :cluster::uuid IS NULL THEN 'new'
                                               ELSE 'clustered' END
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("cluster", clusterId)
                            .param("id", id)
                            .update();
                    return find(sql, id);
                });
    }

    private static boolean isClusterOf(AccountSql sql, UUID siteId, UUID clusterId) {
        return sql.statement(
                        """
                        SELECT EXISTS (SELECT FROM cluster
                            WHERE account_id = :account_id AND site_id = :site AND id = :id
                              AND deleted_at IS NULL)
                        """)
                .param("site", siteId)
                .param("id", clusterId)
                .query(Boolean.class)
                .single();
    }

    /** A keyword on a site the caller may reach. */
    public Keyword get(UUID id) {
        Keyword keyword = transactions.read(sql -> find(sql, id));
        sites.get(keyword.siteId());
        return keyword;
    }

    private static Keyword find(AccountSql sql, UUID id) {
        return sql.statement(
                        SHOWN
                                + """
                                 FROM keyword LEFT JOIN cluster
                            ON cluster.account_id = keyword.account_id
                           AND cluster.id = keyword.cluster_id
                         WHERE keyword.account_id = :account_id AND keyword.id = :id
                           AND keyword.deleted_at IS NULL
                        """)
                .param("id", id)
                .query(Keywords::keyword)
                .optional()
                .orElseThrow(() -> Problem.notFound("Keyword"));
    }

    static Keyword keyword(ResultSet row, int number) throws SQLException {
        UUID clusterId = Columns.uuidOrNull(row, "cluster_id");
        return new Keyword(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "site_id"),
                Columns.uuidOrNull(row, "live_sector_id"),
                row.getString("keyword"),
                row.getString("country"),
                row.getString("language"),
                Columns.longOrNull(row, "volume"),
                Columns.integerOrNull(row, "difficulty"),
                Columns.longOrNull(row, "cpc_micros"),
                Intent.of(row.getString("intent")),
                Keyword.Status.of(row.getString("status")),
                clusterId == null
                        ? null
                        : new Keyword.ClusterName(clusterId, row.getString("cluster_name")));
    }
}
