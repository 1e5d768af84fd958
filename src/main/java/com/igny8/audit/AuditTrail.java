package com.igny8.audit;

import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Cursor;
import com.igny8.kernel.CursorPage;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the audit log, newest first: an account's own for its admins, all for operators. */
@Component
public class AuditTrail {
    private static final int EXPORTED_AT_ONCE = 1_000;
    private static final String ENTRIES =
            """
            SELECT audit_entry.*, account.name AS account_name
              FROM audit_entry JOIN account ON account.id = audit_entry.account_id
             WHERE true
            """;

    private final TenantTransactions tenants;
    private final PlatformTransactions platform;
    private final Users users;
    private final JsonMapper json;

    AuditTrail(
            TenantTransactions tenants,
            PlatformTransactions platform,
            Users users,
            JsonMapper json) {
        this.tenants = tenants;
        this.platform = platform;
        this.users = users;
        this.json = json;
    }

    /** As it lies in the database: names are found when it is read, so that they are right. */
    private record Written(
            UUID id,
            UUID accountId,
            String accountName,
            @Nullable UUID actorId,
            String via,
            String action,
            String target,
            Map<String, Object> details,
            Map<String, AuditEntry.Change> changes,
            @Nullable String address,
            @Nullable String userAgent,
            @Nullable String requestId,
            Instant createdAt) {}

    /** Of the account that is bound; for its admins. */
    public CursorPage<AuditEntry> page(AuditFilter filter, @Nullable Cursor cursor, int size) {
        Tenancy.caller().require(Role.ADMIN);
        requireSize(size, PageRequest.MAX_SIZE);
        return read(filter, cursor, size);
    }

    /** All that the filter lets through, newest first; a page after the other, however many. */
    public void export(AuditFilter filter, Consumer<AuditEntry> each) {
        Tenancy.caller().require(Role.ADMIN);
        CursorPage<AuditEntry> page = read(filter, null, EXPORTED_AT_ONCE);
        page.rows().forEach(each);
        while (page.older() != null) {
            page = read(filter, page.older(), EXPORTED_AT_ONCE);
            page.rows().forEach(each);
        }
    }

    private CursorPage<AuditEntry> read(AuditFilter filter, @Nullable Cursor cursor, int size) {
        List<Written> found =
                tenants.read(
                        sql ->
                                narrowed(sql::statement, sql.accountId(), filter, cursor, size)
                                        .query(this::written)
                                        .list());
        return named(found, cursor, size, false);
    }

    /** How many there are; of the account that is bound. */
    public long count(AuditFilter filter) {
        return tenants.read(sql -> counted(sql::statement, sql.accountId(), filter));
    }

    /** For the operator: of one account, or of all where it is null. */
    public CursorPage<AuditEntry> pageOfAll(
            @Nullable UUID accountId, AuditFilter filter, @Nullable Cursor cursor, int size) {
        requireSize(size, PageRequest.MAX_SIZE);
        List<Written> found =
                platform.read(
                        jdbc ->
                                narrowed(jdbc::sql, accountId, filter, cursor, size)
                                        .query(this::written)
                                        .list());
        return named(found, cursor, size, true);
    }

    /** For the operator: how many there are, of one account or of all. */
    public long countOfAll(@Nullable UUID accountId, AuditFilter filter) {
        return platform.read(jdbc -> counted(jdbc::sql, accountId, filter));
    }

    private static void requireSize(int size, int most) {
        new FieldErrors()
                .require(size >= 1 && size <= most, "page_size", "Must be between 1 and " + most)
                .throwIfAny();
    }

    private static long counted(
            Function<String, JdbcClient.StatementSpec> statements,
            @Nullable UUID accountId,
            AuditFilter filter) {
        String sql = "SELECT count(*) FROM (" + where(accountId, filter) + ")";
        return bound(statements.apply(sql), accountId, filter).query(Long.class).single();
    }

    /**
     * @param statements makes a statement of SQL, on one side of the wall or on the other
     */
    private static JdbcClient.StatementSpec narrowed(
            Function<String, JdbcClient.StatementSpec> statements,
            @Nullable UUID accountId,
            AuditFilter filter,
            @Nullable Cursor cursor,
            int size) {
        boolean isTowardsNewer = Cursor.Direction.of(cursor) == Cursor.Direction.NEWER;
        String place =
                cursor == null
                        ? ""
                        : " AND (audit_entry.created_at, audit_entry.id) %s (:at, :id::uuid)"
                                .formatted(isTowardsNewer ? ">" : "<");
        String order =
                " ORDER BY audit_entry.created_at %1$s, audit_entry.id %1$s LIMIT :limit"
                        .formatted(isTowardsNewer ? "ASC" : "DESC");
        JdbcClient.StatementSpec statement =
                bound(statements.apply(where(accountId, filter) + place + order), accountId, filter)
                        .param("limit", size + 1);
        return cursor == null
                ? statement
                : statement.param("at", Columns.timestamp(cursor.at())).param("id", cursor.id());
    }

    /** Conditions that are not asked for are not there, so that the index is seen to fit. */
    private static String where(@Nullable UUID accountId, AuditFilter filter) {
        return ENTRIES
                + (accountId == null ? "" : " AND audit_entry.account_id = :account")
                + (filter.action() == null ? "" : " AND starts_with(action, :action)")
                + (filter.actor() == null ? "" : " AND actor_id = :actor")
                + (filter.target() == null
                        ? ""
                        : " AND (target = :target OR starts_with(target, :target || ':'))")
                + (filter.from() == null ? "" : " AND audit_entry.created_at >= :from")
                + (filter.to() == null ? "" : " AND audit_entry.created_at < :to");
    }

    private static JdbcClient.StatementSpec bound(
            JdbcClient.StatementSpec statement, @Nullable UUID accountId, AuditFilter filter) {
        return statement
                .param("account", accountId)
                .param("action", filter.action())
                .param("actor", filter.actor())
                .param("target", filter.target())
                .param("from", Columns.timestamp(filter.from()))
                .param("to", Columns.timestamp(filter.to()));
    }

    private Written written(ResultSet row, int number) throws SQLException {
        return new Written(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "account_id"),
                row.getString("account_name"),
                Columns.uuidOrNull(row, "actor_id"),
                row.getString("via"),
                row.getString("action"),
                row.getString("target"),
                json.readValue(row.getString("details"), new TypeReference<>() {}),
                json.readValue(row.getString("changes"), new TypeReference<>() {}),
                row.getString("address"),
                row.getString("user_agent"),
                row.getString("request_id"),
                Columns.instant(row, "created_at"));
    }

    private CursorPage<AuditEntry> named(
            List<Written> found, @Nullable Cursor cursor, int size, boolean forStaff) {
        Map<UUID, User> people =
                users.byId(
                        found.stream()
                                .map(Written::actorId)
                                .filter(Objects::nonNull)
                                .collect(Collectors.toSet()));
        return CursorPage.of(
                found.stream().map(written -> named(written, people, forStaff)).toList(),
                size,
                cursor,
                AuditEntry::createdAt,
                entry -> entry.id().toString());
    }

    /** Which of the staff it was, and from where, is not for customers. */
    private static AuditEntry named(Written written, Map<UUID, User> people, boolean forStaff) {
        AuditEntry.Actor actor =
                Actors.of(written.actorId(), written.via(), written.details(), people, forStaff);
        boolean isHidden = actor.kind() == AuditEntry.Actor.Kind.STAFF && !forStaff;
        return new AuditEntry(
                written.id(),
                written.accountId(),
                written.accountName(),
                actor,
                written.via(),
                written.action(),
                written.target(),
                written.details(),
                written.changes(),
                isHidden ? null : written.address(),
                isHidden ? null : written.userAgent(),
                written.requestId(),
                written.createdAt());
    }
}
