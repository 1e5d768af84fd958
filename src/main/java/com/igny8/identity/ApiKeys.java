package com.igny8.identity;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.NamedLock;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The API keys of the bound account: made, renewed and revoked by its admins. What is kept of a key
 * cannot be turned back into it.
 */
@Component
public class ApiKeys {
    /** In one account, expired ones included: so many programs nobody keeps an eye on. */
    static final int MAX_KEYS = 50;

    public static final Duration USUAL_OVERLAP = Duration.ofHours(24);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private final TenantTransactions transactions;
    private final AuditLog auditLog;
    private final Clock clock;

    ApiKeys(TenantTransactions transactions, AuditLog auditLog, Clock clock) {
        this.transactions = transactions;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Makes a key; 403 where the account has as many as it may. */
    public ApiKey.Issued create(ApiKey.Draft draft) {
        Tenancy.caller().require(Role.ADMIN);
        ApiKeyText text = ApiKeyText.fresh();
        return transactions.write(
                sql -> {
                    requireRoom(sql);
                    ApiKey key = insert(sql, draft, text);
                    auditLog.record(
                            "api_key.created",
                            target(key.id()),
                            Map.of(
                                    "name", key.name(),
                                    "site", key.siteId(),
                                    "scopes", keys(key.scopes())));
                    return new ApiKey.Issued(key, text.text());
                });
    }

    /** Counts under a lock, or two could take the last place. */
    private static void requireRoom(AccountSql sql) {
        NamedLock.take(sql::statement, "api keys:" + sql.accountId());
        long present =
                sql.statement(
                                """
                                SELECT count(*) FROM api_key
                                 WHERE account_id = :account_id AND revoked_at IS NULL
                                """)
                        .query(Long.class)
                        .single();
        if (present >= MAX_KEYS) {
            throw Problem.forbidden(
                            "limit_reached",
                            "An account can have " + MAX_KEYS + " API keys. Revoke one first")
                    .with("limit", "max_api_keys")
                    .with("value", MAX_KEYS);
        }
    }

    private ApiKey insert(AccountSql sql, ApiKey.Draft draft, ApiKeyText text) {
        return sql.statement(
                        """
                        INSERT INTO api_key (account_id, id, name, site_id, scopes, secret_hash,
                            created_by, created_at, issued_to, issued_at, expires_at)
                        VALUES (:account_id, :id, :name, :site, :scopes, :hash,
                            :user, :now, :user, :now, :expires)
                        RETURNING *
                        """)
                .param("id", text.id())
                .param("name", draft.name())
                .param("site", draft.siteId())
                .param("scopes", keys(draft.scopes()).toArray(String[]::new))
                .param("hash", Tokens.hash(text.text()))
                .param("user", Tenancy.caller().userId())
                .param("now", Columns.timestamp(clock.instant()))
                .param("expires", Columns.timestamp(draft.expiresAt()))
                .query(ApiKeys::key)
                .single();
    }

    /** Those that are not revoked, youngest first. */
    public List<ApiKey> list() {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM api_key
                                         WHERE account_id = :account_id AND revoked_at IS NULL
                                         ORDER BY created_at DESC, id
                                        """)
                                .query(ApiKeys::key)
                                .list());
    }

    public ApiKey get(String id) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(sql -> find(sql, id, ""));
    }

    private static ApiKey find(AccountSql sql, String id, String lock) {
        return sql.statement(
                        """
                        SELECT * FROM api_key
                         WHERE account_id = :account_id AND id = :id AND revoked_at IS NULL
                        """
                                + lock)
                .param("id", id)
                .query(ApiKeys::key)
                .optional()
                .orElseThrow(() -> Problem.notFound("API key"));
    }

    /**
     * Gives a key another secret; the one before stays good until the overlap ends. While one
     * overlaps already there is no other rotation, or the secret that programs still use would end
     * before it was promised to; without an overlap there always is: to shut out a thief.
     */
    public ApiKey.Issued rotate(String id, Duration overlap) {
        Tenancy.caller().require(Role.ADMIN);
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw Problem.invalid(
                    "overlap_hours", "Must be between 0 and " + LONGEST_OVERLAP.toHours());
        }
        Instant now = clock.instant();
        ApiKeyText text = ApiKeyText.withId(id);
        return transactions.write(
                sql -> {
                    ApiKey before = find(sql, id, "FOR UPDATE");
                    requireRotatable(before, overlap, now);
                    ApiKey after = replaceSecret(sql, text, now, now.plus(overlap));
                    auditLog.record(
                            "api_key.rotated",
                            target(id),
                            Map.of("overlap_hours", overlap.toHours()));
                    return new ApiKey.Issued(after, text.text());
                });
    }

    private static void requireRotatable(ApiKey key, Duration overlap, Instant now) {
        if (key.isExpired(now)) {
            throw Problem.conflict(
                    "api_key_expired", "This key has run out. Make a new one instead");
        }
        Instant previousUntil = key.previousUntil();
        if (!overlap.isZero() && previousUntil != null && previousUntil.isAfter(now)) {
            throw Problem.conflict(
                    "rotation_under_way",
                    "The key before this one is still good. Wait until it has ended, or rotate"
                            + " without an overlap");
        }
    }

    private static ApiKey replaceSecret(
            AccountSql sql, ApiKeyText text, Instant now, Instant previousUntil) {
        return sql.statement(
                        """
                        UPDATE api_key SET previous_hash = secret_hash, secret_hash = :hash,
                               previous_until = :until, issued_to = :user, issued_at = :now
                         WHERE account_id = :account_id AND id = :id
                        RETURNING *
                        """)
                .param("hash", Tokens.hash(text.text()))
                .param("until", Columns.timestamp(previousUntil))
                .param("user", Tenancy.caller().userId())
                .param("now", Columns.timestamp(now))
                .param("id", text.id())
                .query(ApiKeys::key)
                .single();
    }

    /** Ends a key at once, with whatever it has under way. */
    public ApiKey revoke(String id) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    ApiKey key = find(sql, id, "FOR UPDATE");
                    sql.statement(
                                    """
                                    UPDATE api_key SET revoked_at = :now
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("now", Columns.timestamp(clock.instant()))
                            .param("id", id)
                            .update();
                    auditLog.record("api_key.revoked", target(id), Map.of("name", key.name()));
                    return key;
                });
    }

    private static String target(String id) {
        return "api_key:" + id;
    }

    private static List<String> keys(Set<Scope> scopes) {
        return scopes.stream().map(Scope::key).toList();
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        Columns.strings(row, "scopes").forEach(name -> Scope.of(name).ifPresent(scopes::add));
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                Columns.uuid(row, "site_id"),
                scopes,
                Columns.uuid(row, "created_by"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "expires_at"),
                Columns.instantOrNull(row, "last_used_at"),
                row.getString("last_used_address"),
                Columns.instantOrNull(row, "previous_until"));
    }
}
