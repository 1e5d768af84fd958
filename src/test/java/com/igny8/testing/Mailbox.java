package com.igny8.testing;

import com.igny8.tenancy.SecretBox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The letters in the outbox to one address, whether they went out or not. */
public record Mailbox(Product product, String address) {

    /** A letter, opened. */
    public record Received(String template, String subject, String text) {
        /** The token in the link to a page, as {@code /reset-password}. */
        public String token(String page) {
            Matcher link = Pattern.compile(Pattern.quote(page) + "\\?token=(\\S+)").matcher(text);
            if (!link.find()) {
                throw new AssertionError("No link to " + page + " in: " + text);
            }
            return link.group(1);
        }
    }

    /** All of them, oldest first. */
    public List<Received> letters() {
        awaitWritten();
        SecretBox box = product.bean(SecretBox.class);
        return product.sql()
                .sql(
                        """
                        SELECT template, subject, body FROM mail WHERE lower(recipient) = ?
                         ORDER BY id
                        """)
                .param(address.toLowerCase(Locale.ROOT))
                .query(
                        (row, number) ->
                                new Received(
                                        row.getString("template"),
                                        row.getString("subject"),
                                        new String(
                                                box.open(row.getBytes("body")),
                                                StandardCharsets.UTF_8)))
                .list();
    }

    /** What was asked for is written by a task of its own, which may be at it right now. */
    private void awaitWritten() {
        while (product.sql()
                .sql("SELECT EXISTS (SELECT FROM requested_letter WHERE lower(email) = ?)")
                .param(address.toLowerCase(Locale.ROOT))
                .query(Boolean.class)
                .single()) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }

    /** Those of one kind, oldest first. */
    public List<Received> letters(String template) {
        return letters().stream().filter(letter -> letter.template().equals(template)).toList();
    }
}
