package com.igny8.mail;

import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.SecretBox;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The letters of the outbox, for operators: what was written to whom, and whether it went out. */
@Component
public class Mails {
    private final PlatformTransactions platform;
    private final SecretBox secretBox;
    private final boolean areDelivered;

    Mails(
            PlatformTransactions platform,
            SecretBox secretBox,
            @Value("${igny8.smtp-url}") String smtpUrl) {
        this.platform = platform;
        this.secretBox = secretBox;
        this.areDelivered = !smtpUrl.isBlank();
    }

    /**
     * A letter.
     *
     * @param status queued, sent or failed
     * @param text null where letters are delivered: their links are for who gets them
     * @param hasHtml whether it can be looked at laid out
     */
    public record Mail(
            UUID id,
            String recipient,
            String subject,
            String status,
            int attempts,
            @Nullable String lastError,
            Instant createdAt,
            @Nullable String text,
            boolean hasHtml) {}

    /** Whether there is a mail server; without one the letters can be read here alone. */
    public boolean areDelivered() {
        return areDelivered;
    }

    /** Letters whose recipient or subject matches, youngest first. */
    public Page<Mail> search(PageRequest page) {
        var found =
                new PagedSelect(
                        "SELECT *",
                        """
                         FROM mail WHERE (:pattern::text IS NULL
                            OR recipient ILIKE :pattern OR subject ILIKE :pattern)
                        """,
                        "created_at DESC, id DESC");
        return platform.read(jdbc -> found.read(jdbc::sql, page, this::mail));
    }

    private Mail mail(ResultSet row, int number) throws SQLException {
        return new Mail(
                Columns.uuid(row, "id"),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("status"),
                row.getInt("attempts"),
                row.getString("last_error"),
                Columns.instant(row, "created_at"),
                areDelivered
                        ? null
                        : secretBox.text(row.getBytes("body")).orElse(SecretBox.UNREADABLE),
                !areDelivered && html(row).isPresent());
    }

    private Optional<String> html(ResultSet row) throws SQLException {
        byte[] sealed = row.getBytes("html");
        return sealed == null ? Optional.empty() : secretBox.text(sealed);
    }

    /** A letter as it is laid out; 404 where there is none to be seen. */
    public String html(UUID id) {
        if (areDelivered) {
            throw Problem.notFound("Mail");
        }
        return platform.read(
                        jdbc ->
                                jdbc.sql("SELECT html FROM mail WHERE id = :id")
                                        .param("id", id)
                                        .query((row, number) -> html(row))
                                        .optional())
                .flatMap(html -> html)
                .orElseThrow(() -> Problem.notFound("Mail"));
    }
}
