package com.igny8.webhook;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is to be sent, over all accounts. A delivery is taken on a lease, which is longer than
 * sending may take: where it has run out the node has died, and another takes it up.
 */
@Component
class DeliveryQueue {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryQueue.class);
    private static final Duration LEASE = Duration.ofMinutes(1);

    /**
     * Of one endpoint at the same time, however slow it is; twice as many for a moment, where two
     * nodes look at once.
     */
    private static final int MOST_OF_ONE = 4;

    private final PlatformTransactions platform;
    private final SecretBox secretBox;
    private final Clock clock;

    DeliveryQueue(PlatformTransactions platform, SecretBox secretBox, Clock clock) {
        this.platform = platform;
        this.secretBox = secretBox;
        this.clock = clock;
    }

    /**
     * A delivery to be sent now.
     *
     * @param attempts this one among them
     * @param secrets each signs it; none where they cannot be opened
     */
    record Taken(
            UUID accountId,
            UUID id,
            UUID endpointId,
            URI url,
            Event event,
            int attempts,
            List<SigningSecret> secrets) {
        Taken {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * Makes deliveries of what happened, for the endpoints that had asked for it by then: those of
     * the account, and the operator's.
     *
     * @return how many events that were
     */
    int spread(int most) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        WITH told AS (
                                            DELETE FROM webhook_event WHERE id IN (
                                                SELECT id FROM webhook_event ORDER BY id
                                                 LIMIT :most FOR UPDATE SKIP LOCKED)
                                            RETURNING *),
                                        made AS (
                                            INSERT INTO webhook_delivery (account_id, endpoint_id,
                                                event_id, event_type, concerned_account_id, data,
                                                happened_at, due_at, created_at)
                                            SELECT endpoint.account_id, endpoint.id, told.id, type,
                                                   concerned_account_id, data, happened_at, :now,
                                                   :now
                                              FROM told
                                              JOIN webhook_endpoint endpoint
                                                ON endpoint.account_id IN (concerned_account_id,
                                                    (SELECT id FROM account WHERE is_system))
                                             WHERE paused_because IS NULL
                                               AND endpoint.created_at <= recorded_at
                                               AND (event_types = '{}'
                                                    OR type = ANY (event_types))
                                             ORDER BY told.id)
                                        SELECT count(*)::int FROM told
                                        """)
                                .param("most", most)
                                .param("now", Columns.timestamp(clock.instant()))
                                .query(Integer.class)
                                .single());
    }

    /**
     * Takes what is due. Endpoints take turns: those with the fewest deliveries under way go first,
     * and none has more than a few, so that a slow one holds up nobody but itself.
     */
    List<Taken> take(String worker, int most) {
        Instant now = clock.instant();
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        WITH under_way AS (
                                            SELECT account_id, endpoint_id, count(*) AS deliveries
                                              FROM webhook_delivery
                                             WHERE worker IS NOT NULL AND due_at > :now
                                             GROUP BY account_id, endpoint_id),
                                        turn AS (
                                            SELECT due.account_id, due.id, endpoint.url,
                                                   endpoint.secret, endpoint.previous_secret,
                                                   previous_secret_until, row_number() OVER (
                                                       ORDER BY coalesce(deliveries, 0),
                                                                due.due_at, due.id) AS place
                                              FROM webhook_endpoint endpoint
                                              JOIN account ON account.id = endpoint.account_id
                                              LEFT JOIN under_way
                                                ON under_way.account_id = endpoint.account_id
                                               AND under_way.endpoint_id = endpoint.id
                                             CROSS JOIN LATERAL (
                                                SELECT account_id, id, due_at
                                                  FROM webhook_delivery delivery
                                                 WHERE delivery.account_id = endpoint.account_id
                                                   AND delivery.endpoint_id = endpoint.id
                                                   AND status = 'waiting' AND due_at <= :now
                                                 ORDER BY due_at, id
                                                 LIMIT greatest(0, :of_one
                                                     - coalesce(deliveries, 0))) AS due
                                             WHERE paused_because IS NULL AND deleted_at IS NULL),
                                        next AS (
                                            SELECT turn.* FROM turn
                                              JOIN webhook_delivery delivery USING (account_id, id)
                                             WHERE status = 'waiting' AND due_at <= :now
                                             ORDER BY place LIMIT :most
                                               FOR UPDATE OF delivery SKIP LOCKED)
                                        UPDATE webhook_delivery delivery
                                           SET worker = :worker, due_at = :lease,
                                               attempts = attempts + 1
                                          FROM next
                                         WHERE delivery.account_id = next.account_id
                                           AND delivery.id = next.id
                                        RETURNING delivery.*, url, secret, previous_secret,
                                                  previous_secret_until
                                        """)
                                .param("now", Columns.timestamp(now))
                                .param("lease", Columns.timestamp(now.plus(LEASE)))
                                .param("of_one", MOST_OF_ONE)
                                .param("most", most)
                                .param("worker", worker)
                                .query((row, number) -> taken(row, now))
                                .list());
    }

    private Taken taken(ResultSet row, Instant now) throws SQLException {
        return new Taken(
                Columns.uuid(row, "account_id"),
                Columns.uuid(row, "id"),
                Columns.uuid(row, "endpoint_id"),
                URI.create(row.getString("url")),
                Deliveries.event(row),
                row.getInt("attempts"),
                secrets(row, now));
    }

    private List<SigningSecret> secrets(ResultSet row, Instant now) throws SQLException {
        Optional<String> present = secretBox.text(row.getBytes("secret"));
        if (present.isEmpty()) {
            LOG.error(
                    "Secret of webhook endpoint {}: {}",
                    row.getString("endpoint_id"),
                    SecretBox.UNREADABLE);
            return List.of();
        }
        Instant until = Columns.instantOrNull(row, "previous_secret_until");
        Optional<String> previous =
                until != null && until.isAfter(now)
                        ? secretBox.text(row.getBytes("previous_secret"))
                        : Optional.empty();
        return Stream.concat(present.stream(), previous.stream()).map(SigningSecret::new).toList();
    }

    /** Forgets what is older, some at a time; how many they were. */
    int forget(Instant before, int most) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        DELETE FROM webhook_delivery WHERE (account_id, id) IN (
                                            SELECT account_id, id FROM webhook_delivery
                                             WHERE created_at < :before
                                             ORDER BY created_at LIMIT :most)
                                        """)
                                .param("before", Columns.timestamp(before))
                                .param("most", most)
                                .update());
    }
}
