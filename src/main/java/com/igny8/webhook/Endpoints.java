package com.igny8.webhook;

import com.igny8.account.Accounts;
import com.igny8.http.Reachable;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.SecretBox;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The addresses that the bound account has told of events; for its admins. */
@Component
class Endpoints {
    static final int MOST = 10;
    static final Duration USUAL_OVERLAP = Duration.ofHours(24);

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private final TenantTransactions transactions;
    private final Accounts accounts;
    private final Reachable reachable;
    private final SecretBox secretBox;
    private final AuditLog auditLog;
    private final Clock clock;

    Endpoints(
            TenantTransactions transactions,
            Accounts accounts,
            Reachable reachable,
            SecretBox secretBox,
            AuditLog auditLog,
            Clock clock) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.reachable = reachable;
        this.secretBox = secretBox;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Youngest first. */
    List<Endpoint> all() {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM webhook_endpoint
                                         WHERE account_id = :account_id
                                         ORDER BY created_at DESC, id DESC
                                        """)
                                .query(Endpoints::endpoint)
                                .list());
    }

    Endpoint get(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(sql -> find(sql, id, ""));
    }

    private static Endpoint find(AccountSql sql, UUID id, String lock) {
        return sql.statement(
                        "SELECT * FROM webhook_endpoint WHERE account_id = :account_id AND id = :id"
                                + lock)
                .param("id", id)
                .query(Endpoints::endpoint)
                .optional()
                .orElseThrow(() -> Problem.notFound("Endpoint"));
    }

    /** The endpoint, which stays as it is until the transaction ends. */
    private static Endpoint locked(AccountSql sql, UUID id) {
        return find(sql, id, " FOR NO KEY UPDATE");
    }

    /** A new one, with its secret; 409 where there are as many as may be. */
    Endpoint.Issued create(String url, String description, List<String> types) {
        Tenancy.caller().require(Role.ADMIN);
        Endpoint.Settings settings = Endpoint.Settings.of(reachable, url, description, types);
        SigningSecret secret = SigningSecret.random();
        return transactions.write(
                sql -> {
                    accounts.lockForLimits();
                    requireRoom(sql);
                    Endpoint endpoint = insert(sql, settings, secret);
                    auditLog.recordChange(
                            "webhook_endpoint.created",
                            target(endpoint.id()),
                            named(settings),
                            Map.of(),
                            shown(settings));
                    return new Endpoint.Issued(endpoint, secret);
                });
    }

    private static void requireRoom(AccountSql sql) {
        int present =
                sql.statement(
                                """
                                SELECT count(*)::int FROM webhook_endpoint
                                 WHERE account_id = :account_id
                                """)
                        .query(Integer.class)
                        .single();
        if (present >= MOST) {
            throw Problem.conflict(
                    "too_many_endpoints",
                    "There can be %d endpoints: delete one you no longer need".formatted(MOST));
        }
    }

    private Endpoint insert(AccountSql sql, Endpoint.Settings settings, SigningSecret secret) {
        return sql.statement(
                        """
                        INSERT INTO webhook_endpoint (account_id, url, description, event_types,
                            secret, created_at)
                        VALUES (:account_id, :url, :description, :types, :secret, :now)
                        RETURNING *
                        """)
                .param("url", settings.url().toString())
                .param("description", settings.description())
                .param("types", settings.typeKeys().toArray(String[]::new))
                .param("secret", sealed(secret))
                .param("now", Columns.timestamp(clock.instant()))
                .query(Endpoints::endpoint)
                .single();
    }

    private byte[] sealed(SigningSecret secret) {
        return secretBox.seal(secret.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Changes where it is and what it is told of, pauses it or lets it go on. */
    Endpoint change(UUID id, Endpoint.Change change, IfMatch ifMatch) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    Endpoint before = locked(sql, id);
                    ifMatch.require(before.settings());
                    Endpoint.Settings old = before.settings();
                    Endpoint.Settings settings =
                            Endpoint.Settings.of(
                                    reachable,
                                    change.url().orElse(old.url().toString()),
                                    change.description().orElse(old.description()),
                                    change.types().orElse(old.typeKeys()));
                    Endpoint after = update(sql, before, settings, change);
                    auditLog.recordChange(
                            "webhook_endpoint.changed",
                            target(id),
                            named(settings),
                            shown(before),
                            shown(after));
                    return after;
                });
    }

    /** Whoever lets it go on has put it right: from then on it is not failing any more. */
    private static Endpoint update(
            AccountSql sql, Endpoint before, Endpoint.Settings settings, Endpoint.Change change) {
        boolean isPaused = change.isPaused().orElse(before.isPaused());
        return sql.statement(
                        """
                        UPDATE webhook_endpoint
                           SET url = :url, description = :description, event_types = :types,
                               paused_because =
                                   CASE WHEN :paused THEN coalesce(paused_because, 'asked') END,
                               failing_since =
                                   CASE WHEN paused_because IS NULL OR :paused
                                        THEN failing_since END
                         WHERE account_id = :account_id AND id = :id
                        RETURNING *
                        """)
                .param("url", settings.url().toString())
                .param("description", settings.description())
                .param("types", settings.typeKeys().toArray(String[]::new))
                .param("paused", isPaused)
                .param("id", before.id())
                .query(Endpoints::endpoint)
                .single();
    }

    private static Map<String, Object> shown(Endpoint endpoint) {
        Map<String, Object> shown = new TreeMap<>(shown(endpoint.settings()));
        shown.put("paused", endpoint.isPaused());
        return shown;
    }

    private static Map<String, Object> shown(Endpoint.Settings settings) {
        return Map.of(
                "url",
                settings.url().toString(),
                "description",
                settings.description(),
                "event_types",
                settings.typeKeys());
    }

    private static Map<String, Object> named(Endpoint.Settings settings) {
        return Map.of("name", settings.url().toString());
    }

    /**
     * Gives it a new secret. The one before signs too for the overlap; none, where that is zero.
     * 409 while one does already, unless the overlap is zero.
     */
    Endpoint.Issued rotate(UUID id, Duration overlap) {
        Tenancy.caller().require(Role.ADMIN);
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw Problem.invalid(
                    "overlap_hours", "Must be from 0 to " + LONGEST_OVERLAP.toHours());
        }
        SigningSecret secret = SigningSecret.random();
        return transactions.write(
                sql -> {
                    Endpoint before = locked(sql, id);
                    if (before.isRotating(clock.instant()) && overlap.isPositive()) {
                        throw Problem.conflict(
                                "rotating_already",
                                "The secret before this one is good still: wait for its end, or"
                                        + " rotate with no overlap to end it now");
                    }
                    Endpoint after = replaceSecret(sql, id, secret, overlap);
                    auditLog.record(
                            "webhook_endpoint.rotated",
                            target(id),
                            Map.of(
                                    "name",
                                    after.settings().url().toString(),
                                    "overlap_hours",
                                    overlap.toHours()));
                    return new Endpoint.Issued(after, secret);
                });
    }

    private Endpoint replaceSecret(
            AccountSql sql, UUID id, SigningSecret secret, Duration overlap) {
        return sql.statement(
                        """
                        UPDATE webhook_endpoint
                           SET previous_secret = CASE WHEN :overlaps THEN secret END,
                               previous_secret_until =
                                   CASE WHEN :overlaps THEN :until::timestamptz END,
                               secret = :secret
                         WHERE account_id = :account_id AND id = :id
                        RETURNING *
                        """)
                .param("overlaps", overlap.isPositive())
                .param("until", Columns.timestamp(clock.instant().plus(overlap)))
                .param("secret", sealed(secret))
                .param("id", id)
                .query(Endpoints::endpoint)
                .single();
    }

    /** It is gone, with all that was on its way to it. */
    void delete(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        transactions.run(
                sql -> {
                    Endpoint endpoint = locked(sql, id);
                    sql.statement(
                                    """
                                    DELETE FROM webhook_endpoint
                                     WHERE account_id = :account_id AND id = :id
                                    """)
                            .param("id", id)
                            .update();
                    auditLog.recordChange(
                            "webhook_endpoint.deleted",
                            target(id),
                            named(endpoint.settings()),
                            shown(endpoint.settings()),
                            Map.of());
                });
    }

    static String target(UUID id) {
        return "webhook_endpoint:" + id;
    }

    static Endpoint endpoint(ResultSet row, int number) throws SQLException {
        return new Endpoint(
                Columns.uuid(row, "id"),
                new Endpoint.Settings(
                        URI.create(row.getString("url")),
                        row.getString("description"),
                        Columns.strings(row, "event_types").stream().map(EventType::of).toList()),
                Endpoint.Pause.of(row.getString("paused_because")),
                Columns.instantOrNull(row, "failing_since"),
                Columns.instantOrNull(row, "previous_secret_until"),
                Columns.instant(row, "created_at"));
    }
}
