package com.igny8.mail;

import org.jspecify.annotations.Nullable;

/**
 * One mail to one person.
 *
 * @param template what kind of letter it is, as {@code verify_email}
 * @param text the body, as plain text
 * @param html the same laid out; null where it is text alone
 */
public record Letter(
        String recipient, String template, String subject, String text, @Nullable String html) {
    public Letter {
        if ((recipient + subject).chars().anyMatch(Character::isISOControl)) {
            // A line break here would let a name write headers of its own
            throw new IllegalArgumentException("Control characters in a mail header");
        }
    }

    /** One that is text alone. */
    public Letter(String recipient, String template, String subject, String text) {
        this(recipient, template, subject, text, null);
    }
}
