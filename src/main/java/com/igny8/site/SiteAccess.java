package com.igny8.site;

import com.igny8.account.MemberJoined;
import com.igny8.account.Members;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which sites of the bound account its viewers and editors are let into. Owner and admins reach all
 * without; what is granted to them counts once they are less. It ends with the seat.
 */
@Component
public class SiteAccess {
    private static final String MATCHING =
            """
             FROM site_access access
             JOIN site ON site.account_id = access.account_id AND site.id = access.site_id
            WHERE access.account_id = :account_id AND site.deleted_at IS NULL
              AND (:user::uuid IS NULL OR access.user_id = :user)
              AND (:site::uuid IS NULL OR access.site_id = :site)
            """;

    private final TenantTransactions transactions;
    private final Members members;
    private final Sites sites;
    private final AuditLog auditLog;

    SiteAccess(TenantTransactions transactions, Members members, Sites sites, AuditLog auditLog) {
        this.transactions = transactions;
        this.members = members;
        this.sites = sites;
        this.auditLog = auditLog;
    }

    /** One member's way into one site. */
    public record Grant(UUID id, UUID userId, UUID siteId, UUID grantedBy, Instant grantedAt) {}

    /** Whose grants, and to what; null for any. */
    public record Filter(@Nullable UUID userId, @Nullable UUID siteId) {}

    /** For admins: who is let into what, the youngest first. */
    public Page<Grant> list(Filter filter, PageRequest page) {
        Tenancy.caller().require(Role.ADMIN);
        var granted = new PagedSelect("SELECT access.*", MATCHING, "granted_at DESC, access.id");
        return transactions.read(
                sql ->
                        granted.read(
                                statement -> matching(sql, statement, filter),
                                page,
                                SiteAccess::grant));
    }

    private static JdbcClient.StatementSpec matching(
            AccountSql sql, String statement, Filter filter) {
        return sql.statement(statement)
                .param("user", filter.userId())
                .param("site", filter.siteId());
    }

    /** Lets a member into a site. */
    public Grant grant(UUID userId, UUID siteId) {
        Tenancy.caller().require(Role.ADMIN);
        sites.get(siteId);
        members.get(userId);
        return transactions.write(
                sql -> {
                    members.lock(Role.ADMIN);
                    return insert(sql, userId, siteId, Tenancy.caller().userId())
                            .orElseThrow(
                                    () ->
                                            Problem.conflict(
                                                    "access_granted_already",
                                                    "They reach this site already"));
                });
    }

    private Optional<Grant> insert(AccountSql sql, UUID userId, UUID siteId, UUID grantedBy) {
        Optional<Grant> granted =
                sql.statement(
                                """
                                INSERT INTO site_access (account_id, user_id, site_id, granted_by)
                                SELECT :account_id, member.user_id, site.id, :granted_by
                                  FROM member JOIN site ON site.account_id = member.account_id
                                 WHERE member.account_id = :account_id AND user_id = :user
                                   AND site.id = :site AND deleted_at IS NULL
                                ON CONFLICT (account_id, site_id, user_id) DO NOTHING
                                RETURNING *
                                """)
                        .param("user", userId)
                        .param("site", siteId)
                        .param("granted_by", grantedBy)
                        .query(SiteAccess::grant)
                        .optional();
        granted.ifPresent(grant -> record("site_access.granted", grant));
        return granted;
    }

    private void record(String action, Grant grant) {
        auditLog.record(action, "site:" + grant.siteId(), Map.of("user", grant.userId()));
    }

    /** Takes a way into a site from a member, from the next request on. */
    public Grant revoke(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    members.lock(Role.ADMIN);
                    return delete(sql, id).orElseThrow(() -> Problem.notFound("Site access"));
                });
    }

    private Optional<Grant> delete(AccountSql sql, UUID id) {
        Optional<Grant> revoked =
                sql.statement(
                                """
                                DELETE FROM site_access WHERE account_id = :account_id AND id = :id
                                RETURNING *
                                """)
                        .param("id", id)
                        .query(SiteAccess::grant)
                        .optional();
        revoked.ifPresent(grant -> record("site_access.revoked", grant));
        return revoked;
    }

    /** The sites that a member is let into. */
    public List<Grant> of(UUID userId) {
        members.get(userId);
        return transactions.read(
                sql ->
                        matching(sql, "SELECT access.*" + MATCHING, new Filter(userId, null))
                                .query(SiteAccess::grant)
                                .list());
    }

    /** For admins: the names of the sites that these members are let into, by member. */
    public Map<UUID, List<String>> siteNames(List<UUID> userIds) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(
                sql -> {
                    Map<UUID, List<String>> names = new HashMap<>();
                    sql.statement(
                                    """
                                    SELECT access.user_id, site.name
                                      FROM site_access access
                                      JOIN site ON site.account_id = access.account_id
                                               AND site.id = access.site_id
                                     WHERE access.account_id = :account_id
                                       AND access.user_id = ANY (:users)
                                       AND site.deleted_at IS NULL
                                     ORDER BY site.name, site.id
                                    """)
                            .param("users", userIds.toArray(UUID[]::new))
                            .query(
                                    row -> {
                                        names.computeIfAbsent(
                                                        Columns.uuid(row, "user_id"),
                                                        user -> new ArrayList<>())
                                                .add(row.getString("name"));
                                    });
                    return names;
                });
    }

    /** Lets a member into these sites and no others. */
    public void set(UUID userId, Set<UUID> siteIds) {
        Tenancy.caller().require(Role.ADMIN);
        siteIds.forEach(sites::get);
        List<Grant> present = of(userId);
        transactions.run(
                sql -> {
                    members.lock(Role.ADMIN);
                    present.stream()
                            .filter(grant -> !siteIds.contains(grant.siteId()))
                            .forEach(grant -> delete(sql, grant.id()));
                    UUID grantedBy = Tenancy.caller().userId();
                    siteIds.forEach(siteId -> insert(sql, userId, siteId, grantedBy));
                });
    }

    /** Keeps what the invitation promised, as far as the sites are there still. */
    @EventListener
    void onJoined(MemberJoined joined) {
        transactions.run(
                sql ->
                        joined.siteIds()
                                .forEach(
                                        siteId ->
                                                insert(
                                                        sql,
                                                        joined.userId(),
                                                        siteId,
                                                        joined.invitedBy())));
    }

    private static Grant grant(ResultSet row, int number) throws SQLException {
        return new Grant(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "user_id"),
                Columns.uuid(row, "site_id"),
                Columns.uuid(row, "granted_by"),
                Columns.instant(row, "granted_at"));
    }
}
