package com.igny8.webhook;

import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was sent to the endpoints of the bound account, and sending it again; for its admins. */
@Component
class Deliveries {
    /** With the youngest try, where there is one. */
    private static final String FROM =
            """
             FROM webhook_delivery delivery
             JOIN webhook_endpoint endpoint
               ON endpoint.account_id = delivery.account_id AND endpoint.id = endpoint_id
             LEFT JOIN LATERAL (
                 SELECT attempted_at, duration_millis, status AS answer, response, failure
                   FROM webhook_attempt
                  WHERE account_id = delivery.account_id AND delivery_id = delivery.id
                  ORDER BY id DESC LIMIT 1) AS last ON true
            """;

    private static final String COLUMNS = "SELECT delivery.*, url, last.*";
    private static final String YOUNGEST_FIRST = "delivery.created_at DESC, delivery.id DESC";

    private final TenantTransactions transactions;
    private final PlatformTransactions platform;
    private final AuditLog auditLog;
    private final Clock clock;

    Deliveries(
            TenantTransactions transactions,
            PlatformTransactions platform,
            AuditLog auditLog,
            Clock clock) {
        this.transactions = transactions;
        this.platform = platform;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** What a list is narrowed to. */
    record Filter(@Nullable UUID endpointId, Delivery.@Nullable Status status) {}

    /** Youngest first. */
    Page<Delivery> page(Filter filter, PageRequest page) {
        Tenancy.caller().require(Role.ADMIN);
        String matching =
                """
                 WHERE delivery.account_id = :account_id
                   AND (:endpoint::uuid IS NULL OR endpoint_id = :endpoint)
                   AND (:status::text IS NULL OR delivery.status = :status)
                """;
        return transactions.read(
                sql ->
                        new Page<>(
                                filtered(
                                                sql.statement(
                                                        COLUMNS
                                                                + FROM
                                                                + matching
                                                                + " ORDER BY "
                                                                + YOUNGEST_FIRST
                                                                + " LIMIT :limit OFFSET :offset"),
                                                filter)
                                        .param("limit", page.size())
                                        .param("offset", page.offset())
                                        .query(Deliveries::delivery)
                                        .list(),
                                // Without the tries, which would be looked up for each
                                filtered(
                                                sql.statement(
                                                        "SELECT count(*) FROM webhook_delivery"
                                                                + " delivery"
                                                                + matching),
                                                filter)
                                        .query(Long.class)
                                        .single(),
                                page));
    }

    private static StatementSpec filtered(StatementSpec statement, Filter filter) {
        return statement
                .param("endpoint", filter.endpointId())
                .param("status", keyOf(filter.status()));
    }

    private static @Nullable String keyOf(Delivery.@Nullable Status status) {
        return status == null ? null : status.key();
    }

    /**
     * For operators: those of all accounts whose endpoint, type or account matches, youngest first.
     */
    Page<Delivery> everywhere(Delivery.@Nullable Status status, PageRequest page) {
        var found =
                new PagedSelect(
                        COLUMNS,
                        FROM
                                + """
                                   WHERE (:status::text IS NULL OR delivery.status = :status)
                                     AND (:pattern::text IS NULL OR url ILIKE :pattern
                                          OR event_type ILIKE :pattern
                                          OR concerned_account_id::text ILIKE :pattern)
                                  """,
                        YOUNGEST_FIRST);
        return platform.read(
                jdbc ->
                        found.read(
                                sql -> jdbc.sql(sql).param("status", keyOf(status)),
                                page,
                                Deliveries::delivery));
    }

    Delivery.History get(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.read(sql -> new Delivery.History(find(sql, id), attempts(sql, id)));
    }

    private static Delivery find(AccountSql sql, UUID id) {
        return sql.statement(
                        COLUMNS
                                + FROM
                                + " WHERE delivery.account_id = :account_id AND delivery.id = :id")
                .param("id", id)
                .query(Deliveries::delivery)
                .optional()
                .orElseThrow(() -> Problem.notFound("Delivery"));
    }

    private static List<Attempt> attempts(AccountSql sql, UUID id) {
        return sql.statement(
                        """
                        SELECT attempted_at, duration_millis, status AS answer, response, failure
                          FROM webhook_attempt
                         WHERE account_id = :account_id AND delivery_id = :id
                         ORDER BY id DESC
                        """)
                .param("id", id)
                .query(Deliveries::attempt)
                .list();
    }

    /** Sends it once more, whatever became of it, with the same id; and again where that fails. */
    Delivery resend(UUID id) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    Delivery delivery = find(sql, id);
                    requireActive(sql, delivery.endpointId());
                    if (restart(sql, id) == 0) {
                        throw Problem.conflict(
                                "delivery_under_way", "It is being sent at this very moment");
                    }
                    auditLog.record(
                            "webhook_delivery.resent",
                            "webhook_delivery:" + id,
                            Map.of("name", delivery.event().type().key()));
                    return find(sql, id);
                });
    }

    private int restart(AccountSql sql, UUID id) {
        return sql.statement(
                        """
                        UPDATE webhook_delivery
                           SET status = 'waiting', attempts = 0, due_at = :now, settled_at = NULL,
                               worker = NULL
                         WHERE account_id = :account_id AND id = :id
                           AND (worker IS NULL OR due_at <= :now)
                        """)
                .param("now", Columns.timestamp(clock.instant()))
                .param("id", id)
                .update();
    }

    /** For operators: as {@link #resend}, whosever it is; it stands in the log of that account. */
    Delivery resendAnywhere(UUID id) {
        UUID accountId =
                platform.read(
                        jdbc ->
                                jdbc.sql("SELECT account_id FROM webhook_delivery WHERE id = :id")
                                        .param("id", id)
                                        .query(UUID.class)
                                        .optional()
                                        .orElseThrow(() -> Problem.notFound("Delivery")));
        return Tenancy.as(Tenancy.caller().asOwnerOf(accountId), () -> resend(id));
    }

    /** Sends a test to an endpoint, which is no event of anybody's. */
    Delivery ping(UUID endpointId) {
        Tenancy.caller().require(Role.ADMIN);
        return transactions.write(
                sql -> {
                    requireActive(sql, endpointId);
                    UUID id =
                            sql.statement(
                                            """
                                            INSERT INTO webhook_delivery (account_id, endpoint_id,
                                                event_id, event_type, concerned_account_id, data,
                                                happened_at, due_at, created_at)
                                            VALUES (:account_id, :endpoint, uuidv7(), 'ping',
                                                :account_id, '{"message": "It works"}', :now, :now,
                                                :now)
                                            RETURNING id
                                            """)
                                    .param("endpoint", endpointId)
                                    .param("now", Columns.timestamp(clock.instant()))
                                    .query(UUID.class)
                                    .single();
                    auditLog.record(
                            "webhook_endpoint.tested", Endpoints.target(endpointId), Map.of());
                    return find(sql, id);
                });
    }

    private static void requireActive(AccountSql sql, UUID endpointId) {
        boolean isPaused =
                sql.statement(
                                """
                                SELECT paused_because IS NOT NULL FROM webhook_endpoint
                                 WHERE account_id = :account_id AND id = :id
                                """)
                        .param("id", endpointId)
                        .query(Boolean.class)
                        .optional()
                        .orElseThrow(() -> Problem.notFound("Endpoint"));
        if (isPaused) {
            throw Problem.conflict("endpoint_paused", "The endpoint is paused: let it go on first");
        }
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                Columns.uuid(row, "account_id"),
                Columns.uuid(row, "id"),
                Columns.uuid(row, "endpoint_id"),
                URI.create(row.getString("url")),
                event(row),
                Delivery.Status.of(row.getString("status")),
                row.getInt("attempts"),
                Columns.instant(row, "due_at"),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "settled_at"),
                row.getObject("attempted_at") == null ? null : attempt(row, number));
    }

    static Event event(ResultSet row) throws SQLException {
        return new Event(
                Columns.uuid(row, "event_id"),
                EventType.of(row.getString("event_type")),
                Columns.uuid(row, "concerned_account_id"),
                Columns.instant(row, "happened_at"),
                row.getString("data"));
    }

    private static Attempt attempt(ResultSet row, int number) throws SQLException {
        return new Attempt(
                Columns.instant(row, "attempted_at"),
                Duration.ofMillis(row.getLong("duration_millis")),
                Columns.integerOrNull(row, "answer"),
                row.getString("response"),
                row.getString("failure"));
    }
}
