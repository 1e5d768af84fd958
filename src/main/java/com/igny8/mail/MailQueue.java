package com.igny8.mail;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The outbox of the product: letters wait in the database until they are delivered. */
@Component
class MailQueue implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(MailQueue.class);

    /** Tries in all; the wait doubles from one to the next. */
    static final int MAX_ATTEMPTS = 10;

    private static final Duration FIRST_DELAY = Duration.ofMinutes(2);

    /**
     * Who was erased has such an address, and so has the system's bot: no domain is ever called so,
     * says RFC 2606.
     */
    private static final String NOWHERE = ".invalid";

    private final PlatformTransactions platform;
    private final TenantTransactions tenants;
    private final LetterLayout layout;
    private final SecretBox secretBox;
    private final Clock clock;

    MailQueue(
            PlatformTransactions platform,
            TenantTransactions tenants,
            LetterLayout layout,
            SecretBox secretBox,
            Clock clock) {
        this.platform = platform;
        this.tenants = tenants;
        this.layout = layout;
        this.secretBox = secretBox;
        this.clock = clock;
    }

    record Queued(UUID id, Letter letter, int attempts) {}

    @Override
    public void post(Message message) {
        if (message.recipient().endsWith(NOWHERE)) {
            return;
        }
        Letter letter = layout.letter(message);
        if (Tenancy.callerIfBound().isPresent()) {
            tenants.run(sql -> insert(sql::statement, letter));
        } else {
            platform.run(jdbc -> insert(jdbc::sql, letter));
        }
    }

    private void insert(Function<String, JdbcClient.StatementSpec> sql, Letter letter) {
        sql.apply(
                        """
                        INSERT INTO mail (recipient, template, subject, body, html)
                        VALUES (:recipient, :template, :subject, :body, :html)
                        """)
                .param("recipient", letter.recipient())
                .param("template", letter.template())
                .param("subject", letter.subject())
                .param("body", seal(letter.text()))
                .param("html", letter.html() == null ? null : seal(letter.html()), Types.BINARY)
                .update();
    }

    @Override
    public void postAtMostEvery(Duration time, Message message) {
        boolean isRecent =
                platform.read(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                SELECT EXISTS (SELECT FROM mail
                                                    WHERE recipient = :recipient
                                                      AND template = :template
                                                      AND created_at > now() - :seconds
                                                          * interval '1 second')
                                                """)
                                        .param("recipient", message.recipient())
                                        .param("template", message.template())
                                        .param("seconds", time.toSeconds())
                                        .query(Boolean.class)
                                        .single());
        if (!isRecent) {
            post(message);
        }
    }

    /** A letter that was taken; nothing in it where it cannot be opened. */
    private record Taken(UUID id, Optional<Queued> letter) {}

    /** The letters that are due, taken so that no other node takes them for a minute. */
    List<Queued> takeDue(int most) {
        List<Taken> taken = take(most);
        taken.stream()
                .filter(each -> each.letter().isEmpty())
                .forEach(unreadable -> giveUp(unreadable.id()));
        return taken.stream().flatMap(each -> each.letter().stream()).toList();
    }

    private List<Taken> take(int most) {
        return platform.write(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE mail SET attempts = attempts + 1,
                                               next_attempt_at = now() + interval '1 minute'
                                         WHERE id IN (SELECT id FROM mail
                                                       WHERE status = 'queued'
                                                         AND next_attempt_at <= now()
                                                       ORDER BY next_attempt_at LIMIT :most
                                                         FOR UPDATE SKIP LOCKED)
                                        RETURNING id, recipient, template, subject, body, html,
                                                  attempts
                                        """)
                                .param("most", most)
                                .query(
                                        (row, number) ->
                                                new Taken(Columns.uuid(row, "id"), opened(row)))
                                .list());
    }

    private Optional<Queued> opened(ResultSet row) throws SQLException {
        try {
            return Optional.of(
                    new Queued(
                            Columns.uuid(row, "id"),
                            new Letter(
                                    row.getString("recipient"),
                                    row.getString("template"),
                                    row.getString("subject"),
                                    open(row.getBytes("body")),
                                    openIfAny(row.getBytes("html"))),
                            row.getInt("attempts")));
        } catch (IllegalArgumentException | SecretBox.Unreadable damaged) {
            return Optional.empty();
        }
    }

    /** It will never be read: it does not hold up the others. */
    private void giveUp(UUID id) {
        LOG.error("Mail {}: {}", id, SecretBox.UNREADABLE);
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE mail SET status = 'failed', last_error = :reason
                                         WHERE id = :id
                                        """)
                                .param("reason", SecretBox.UNREADABLE)
                                .param("id", id)
                                .update());
    }

    void markSent(UUID id) {
        platform.run(
                jdbc ->
                        jdbc.sql("UPDATE mail SET status = 'sent', sent_at = now() WHERE id = :id")
                                .param("id", id)
                                .update());
    }

    void markFailed(Queued queued, String reason) {
        boolean giveUp = queued.attempts() >= MAX_ATTEMPTS;
        Duration delay = FIRST_DELAY.multipliedBy(1L << (queued.attempts() - 1));
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE mail SET status = :status, last_error = :reason,
                                               next_attempt_at = :next
                                         WHERE id = :id
                                        """)
                                .param("status", giveUp ? "failed" : "queued")
                                .param("reason", reason)
                                .param("next", Columns.timestamp(clock.instant().plus(delay)))
                                .param("id", queued.id())
                                .update());
    }

    private byte[] seal(String text) {
        return secretBox.seal(text.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String openIfAny(byte @Nullable [] sealed) {
        return sealed == null ? null : open(sealed);
    }

    private String open(byte[] sealed) {
        return new String(secretBox.open(sealed), StandardCharsets.UTF_8);
    }
}
