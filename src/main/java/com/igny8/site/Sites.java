package com.igny8.site;

import com.igny8.account.Accounts;
import com.igny8.billing.Subscriptions;
import com.igny8.catalog.Limit;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.kernel.Slug;
import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Remembered;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The web sites of the bound account, as far as the caller may reach them. */
@Component
public class Sites {
    private static final int MOST_REMEMBERED = 5_000;

    /** Owner and admin reach every site, others those they were let into, an API key its own. */
    private static final String REACHABLE =
            """
             FROM site WHERE account_id = :account_id AND deleted_at IS NULL
              AND (:reaches_all OR id = :only_site OR EXISTS (SELECT FROM site_access access
                   WHERE access.account_id = :account_id AND access.site_id = site.id
                     AND access.user_id = :user))
            """;

    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final AuditLog auditLog;
    private final Remembered<Caller, Page<Site>> firstPages;

    Sites(
            TenantTransactions transactions,
            Accounts accounts,
            Subscriptions subscriptions,
            AuditLog auditLog,
            AccessChanges changes) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.auditLog = auditLog;
        this.firstPages = changes.memory(MOST_REMEMBERED);
    }

    /** Adds a site, with its creator's access to it, if the plan has room. */
    public Site create(Site.Draft draft) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    accounts.lockForLimits();
                    subscriptions.currentPlan().requireRoom(Limit.MAX_SITES, count(sql));
                    requireNewDomain(sql, draft.domain());
                    Site site =
                            Slug.claim(
                                    Slug.of(draft.name(), "site"),
                                    slug -> insert(sql, draft, slug));
                    sql.statement(
                                    """
                                    INSERT INTO site_access
                                        (account_id, user_id, site_id, granted_by)
                                    VALUES (:account_id, :user, :site, :user)
                                    """)
                            .param("user", Tenancy.caller().userId())
                            .param("site", site.id())
                            .update();
                    auditLog.record(
                            "site.created",
                            "site:" + site.id(),
                            Map.of("name", site.name(), "domain", site.domain()));
                    return site;
                });
    }

    /** How many there are; for those who hold the account's lock. */
    static long count(AccountSql sql) {
        return sql.statement(
                        """
                        SELECT count(*) FROM site
                         WHERE account_id = :account_id AND deleted_at IS NULL
                        """)
                .query(Long.class)
                .single();
    }

    static void requireNewDomain(AccountSql sql, Domain domain) {
        if (hasDomain(sql, domain.value())) {
            throw Problem.invalid("domain", "There is a site with this domain already");
        }
    }

    static boolean hasDomain(AccountSql sql, String domain) {
        return sql.statement(
                        """
                        SELECT EXISTS (SELECT FROM site
                            WHERE account_id = :account_id AND domain = :domain
                              AND deleted_at IS NULL)
                        """)
                .param("domain", domain)
                .query(Boolean.class)
                .single();
    }

    private static Optional<Site> insert(AccountSql sql, Site.Draft draft, Slug slug) {
        return sql.statement(
                        """
                        INSERT INTO site
                            (account_id, name, slug, domain, industry_id, created_by)
                        VALUES (:account_id, :name, :slug, :domain, :industry, :user)
                        ON CONFLICT (account_id, slug) WHERE deleted_at IS NULL DO NOTHING
                        RETURNING *
                        """)
                .param("name", draft.name())
                .param("slug", slug.value())
                .param("domain", draft.domain().value())
                .param("industry", draft.industryId())
                .param("user", Tenancy.caller().userId())
                .query(Sites::site)
                .optional();
    }

    /** Sites the caller may reach, by name. Most people have one page of them: it is remembered. */
    public Page<Site> list(PageRequest page) {
        return page.equals(PageRequest.first())
                ? firstPages.get(Tenancy.caller(), () -> Optional.of(firstPage())).orElseThrow()
                : read(page);
    }

    private Remembered.Fact<Page<Site>> firstPage() {
        return new Remembered.Fact<>(
                read(PageRequest.first()), Instant.MAX, Set.of(Tenancy.accountId()));
    }

    /** A site, and how many there are with it before they are cut into pages. */
    private record Counted(Site site, long all) {}

    private Page<Site> read(PageRequest page) {
        return transactions.query(
                sql -> {
                    String matching =
                            REACHABLE
                                    + " AND (:pattern::text IS NULL OR name ILIKE :pattern"
                                    + " OR domain ILIKE :pattern)";
                    List<Counted> found =
                            reachable(
                                            sql,
                                            "SELECT *, count(*) OVER () AS all_of_them"
                                                    + matching
                                                    + " ORDER BY name, id LIMIT :limit OFFSET"
                                                    + " :offset")
                                    .param("pattern", page.pattern())
                                    .param("limit", page.size())
                                    .param("offset", page.offset())
                                    .query(Sites::counted)
                                    .list();
                    long count =
                            found.isEmpty() && page.number() > 1
                                    // A page after the last has none to tell how many there are
                                    ? reachable(sql, "SELECT count(*)" + matching)
                                            .param("pattern", page.pattern())
                                            .query(Long.class)
                                            .single()
                                    : found.stream().findFirst().map(Counted::all).orElse(0L);
                    return new Page<>(found.stream().map(Counted::site).toList(), count, page);
                });
    }

    private static Counted counted(ResultSet row, int number) throws SQLException {
        return new Counted(site(row, number), row.getLong("all_of_them"));
    }

    /** A site the caller may reach; any other is not found, whosever it is. */
    public Site get(UUID id) {
        return transactions.query(
                sql ->
                        reachable(sql, "SELECT *" + REACHABLE + " AND id = :id")
                                .param("id", id)
                                .query(Sites::site)
                                .optional()
                                .orElseThrow(() -> Problem.notFound("Site")));
    }

    /** As {@link #get}, for those who are about to change what is on the site. */
    public Site getForEditing(UUID id) {
        Site site = get(id);
        Tenancy.caller().require(Role.EDITOR);
        return site;
    }

    private static JdbcClient.StatementSpec reachable(AccountSql sql, String statement) {
        Caller caller = Tenancy.caller();
        return sql.statement(statement)
                .param("reaches_all", caller.role().isAtLeast(Role.ADMIN))
                .param("only_site", caller.onlySiteId())
                .param("user", caller.userId());
    }

    static Site site(ResultSet row, int number) throws SQLException {
        return new Site(
                Columns.uuid(row, "id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("domain"),
                row.getInt("industry_id"),
                row.getString("status"),
                row.getBoolean("is_active"),
                Columns.instant(row, "created_at"));
    }
}
