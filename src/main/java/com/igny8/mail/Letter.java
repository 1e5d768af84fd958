package com.igny8.mail;

/**
 * One mail to one person.
 *
 * @param template what kind of letter it is, as {@code verify_email}
 * @param text the body, as plain text
 */
public record Letter(String recipient, String template, String subject, String text) {
    public Letter {
        if ((recipient + subject).chars().anyMatch(Character::isISOControl)) {
            // A line break here would let a name write headers of its own
            throw new IllegalArgumentException("Control characters in a mail header");
        }
    }
}
