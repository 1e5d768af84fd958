package com.igny8.payment;

import com.igny8.kernel.Choice;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What providers told us, kept until it is dealt with, and a while longer to be looked at. */
@Component
class ProviderInbox {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderInbox.class);

    private static final String[] STATUSES = {"waiting", "processed", "ignored", "failed"};

    /** Tries in all, over about half a day; the wait doubles from one to the next. */
    private static final int MAX_ATTEMPTS = 12;

    private static final Duration FIRST_DELAY = Duration.ofSeconds(20);

    /** Nobody else takes what one has taken for so long. */
    private static final String LEASE = "interval '2 minutes'";

    private final PlatformTransactions platform;
    private final SecretBox secretBox;

    ProviderInbox(PlatformTransactions platform, SecretBox secretBox) {
        this.platform = platform;
        this.secretBox = secretBox;
    }

    /** An event that was taken, to be dealt with now. */
    record Taken(UUID id, PaymentType provider, Notice notice, int attempts) {}

    /** What was taken; nothing in it where it cannot be opened. */
    private record Opened(UUID id, Optional<Taken> event) {}

    /** Keeps it; its id, or nothing where the provider has sent it before. */
    Optional<UUID> store(PaymentType provider, Notice notice) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        INSERT INTO provider_event (provider, event_id, type,
                                            payload, happened_at)
                                        VALUES (:provider, :event, :type, :payload, :happened)
                                        ON CONFLICT (provider, event_id) DO NOTHING
                                        RETURNING id
                                        """)
                                .param("provider", provider.key())
                                .param("event", notice.eventId())
                                .param("type", notice.type())
                                .param(
                                        "payload",
                                        secretBox.seal(
                                                notice.payload().getBytes(StandardCharsets.UTF_8)))
                                .param("happened", Columns.timestamp(notice.happenedAt()))
                                .query(UUID.class)
                                .optional());
    }

    /** Takes one that waits; nothing where somebody else has it. */
    Optional<Taken> take(UUID id) {
        return take("id = :id", id, 1).stream().findFirst();
    }

    /** Takes those that are due, oldest first. */
    List<Taken> takeDue(int most) {
        return take("true", null, most);
    }

    private List<Taken> take(String condition, @Nullable UUID id, int most) {
        List<Opened> opened = lease(condition, id, most);
        opened.stream()
                .filter(each -> each.event().isEmpty())
                .forEach(unreadable -> giveUp(unreadable.id()));
        return opened.stream().flatMap(each -> each.event().stream()).toList();
    }

    private List<Opened> lease(String condition, @Nullable UUID id, int most) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE provider_event SET attempts = attempts + 1,
                                               next_attempt_at = now() + %s
                                         WHERE id IN (SELECT id FROM provider_event
                                                       WHERE status = 'waiting' AND %s
                                                         AND next_attempt_at <= now()
                                                       ORDER BY next_attempt_at LIMIT :most
                                                         FOR UPDATE SKIP LOCKED)
                                        RETURNING *
                                        """
                                                .formatted(LEASE, condition))
                                .param("id", id)
                                .param("most", most)
                                .query(this::opened)
                                .list());
    }

    private Opened opened(ResultSet row, int number) throws SQLException {
        Optional<String> payload = secretBox.text(row.getBytes("payload"));
        return new Opened(
                Columns.uuid(row, "id"),
                payload.isEmpty() ? Optional.empty() : Optional.of(taken(row, payload.get())));
    }

    private static Taken taken(ResultSet row, String payload) throws SQLException {
        return new Taken(
                Columns.uuid(row, "id"),
                PaymentType.of(row.getString("provider")),
                new Notice(
                        row.getString("event_id"),
                        row.getString("type"),
                        Columns.instant(row, "happened_at"),
                        payload),
                row.getInt("attempts"));
    }

    /** It will never be read: it does not hold up the others. */
    private void giveUp(UUID id) {
        LOG.error("Provider event {}: {}", id, SecretBox.UNREADABLE);
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE provider_event
                                           SET status = 'failed', last_error = :reason
                                         WHERE id = :id
                                        """)
                                .param("reason", SecretBox.UNREADABLE)
                                .param("id", id)
                                .update());
    }

    /** It is dealt with; where it was about nobody of ours, there was nothing to do. */
    void settle(Taken event, Optional<UUID> accountId) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE provider_event
                                           SET status = :status, settled_at = now(),
                                               last_error = NULL, concerned_account_id = :account
                                         WHERE id = :id
                                        """)
                                .param("status", accountId.isPresent() ? "processed" : "ignored")
                                .param("account", accountId.orElse(null))
                                .param("id", event.id())
                                .update());
    }

    /** It could not be dealt with: later again, or, after so many times, when somebody says so. */
    void fail(Taken event, String reason) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << (event.attempts() - 1));
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE provider_event
                                           SET status = :status, last_error = :reason,
                                               next_attempt_at = now() + :seconds
                                                   * interval '1 second'
                                         WHERE id = :id
                                        """)
                                .param(
                                        "status",
                                        event.attempts() >= MAX_ATTEMPTS ? "failed" : "waiting")
                                .param("reason", reason)
                                .param("seconds", delay.toSeconds())
                                .param("id", event.id())
                                .update());
    }

    /** Has it dealt with anew, whatever became of it; 404 where there is none. */
    void again(UUID id) {
        int found =
                platform.write(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                UPDATE provider_event
                                                   SET status = 'waiting', attempts = 0,
                                                       settled_at = NULL, next_attempt_at = now()
                                                 WHERE id = :id
                                                """)
                                        .param("id", id)
                                        .update());
        if (found == 0) {
            throw Problem.notFound("Event");
        }
    }

    /** Forgets what was dealt with long ago: people stand in it. */
    int forgetOld(Duration age) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        DELETE FROM provider_event
                                         WHERE received_at < now() - :days * interval '1 day'
                                        """)
                                .param("days", age.toDays())
                                .update());
    }

    /** Those whose type or account matches, youngest first; 400 for what is no status. */
    Page<ProviderEvent> search(@Nullable String status, PageRequest page) {
        Optional<String> wanted = Choice.of("status", status, STATUSES, Function.identity());
        var found =
                new PagedSelect(
                        "SELECT *",
                        """
                         FROM provider_event
                        WHERE (:pattern::text IS NULL OR type ILIKE :pattern
                               OR event_id ILIKE :pattern
                               OR concerned_account_id::text ILIKE :pattern)
                          AND (:status::text IS NULL OR status = :status)
                        """,
                        "received_at DESC, id DESC");
        return platform.read(
                jdbc ->
                        found.read(
                                sql -> jdbc.sql(sql).param("status", wanted.orElse(null)),
                                page,
                                this::event));
    }

    private ProviderEvent event(ResultSet row, int number) throws SQLException {
        return new ProviderEvent(
                Columns.uuid(row, "id"),
                PaymentType.of(row.getString("provider")),
                row.getString("event_id"),
                row.getString("type"),
                row.getString("status"),
                row.getInt("attempts"),
                row.getString("last_error"),
                Columns.uuidOrNull(row, "concerned_account_id"),
                Columns.instant(row, "happened_at"),
                Columns.instant(row, "received_at"),
                secretBox
                        .text(row.getBytes("payload"))
                        .map(ShownPayload::of)
                        .orElse(SecretBox.UNREADABLE));
    }
}
