package com.igny8.mail;

import org.jspecify.annotations.Nullable;

/**
 * One mail to one person, laid out.
 *
 * @param template what kind of letter it is, as {@code verify_email}
 * @param text the body, as plain text
 * @param html the same as a page; null in those of before all letters had one
 */
public record Letter(
        String recipient, String template, String subject, String text, @Nullable String html) {
    public Letter {
        if ((recipient + subject).chars().anyMatch(Character::isISOControl)) {
            // A line break here would let a name write headers of its own
            throw new IllegalArgumentException("Control characters in a mail header");
        }
    }
}
