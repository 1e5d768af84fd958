package com.igny8.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * An API key as its holder has it: {@code igny8_live_<id>_<secret><checksum>}, all in base 62. The
 * id finds the key, the secret (196 random bits) proves it, and the checksum, a CRC-32 of all that
 * stands before it, tells a mistyped key without asking the database; scanners for leaked secrets
 * know one by prefix and checksum.
 */
record ApiKeyText(String id, String secret) {
    static final String START = "igny8_live_";

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final int ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 33;
    private static final int CHECKSUM_LENGTH = 6;

    private static final int LENGTH =
            START.length() + ID_LENGTH + 1 + SECRET_LENGTH + CHECKSUM_LENGTH;

    private static final Pattern FORM =
            Pattern.compile(
                    "(%s([0-9A-Za-z]{%d})_([0-9A-Za-z]{%d}))([0-9A-Za-z]{%d})"
                            .formatted(START, ID_LENGTH, SECRET_LENGTH, CHECKSUM_LENGTH));

    private static final SecureRandom RANDOM = new SecureRandom();

    static ApiKeyText fresh() {
        return withId(random(ID_LENGTH));
    }

    /** Another secret for the same key. */
    static ApiKeyText withId(String id) {
        return new ApiKeyText(id, random(SECRET_LENGTH));
    }

    private static String random(int length) {
        return RANDOM.ints(length, 0, DIGITS.length())
                .mapToObj(index -> DIGITS.substring(index, index + 1))
                .collect(Collectors.joining());
    }

    /** Reads a key; nothing where it is none of ours, or mistyped. */
    static Optional<ApiKeyText> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && matcher.group(4).equals(checksum(matcher.group(1)))
                ? Optional.of(new ApiKeyText(matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** The whole key, for its holder alone. */
    String text() {
        String body = start(id) + secret;
        return body + checksum(body);
    }

    /** By which people know a key again: all of it but the secret. */
    static String start(String id) {
        return START + id + "_";
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        StringBuilder digits = new StringBuilder();
        for (int digit = 0; digit < CHECKSUM_LENGTH; digit++) {
            digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
            rest /= DIGITS.length();
        }
        return digits.reverse().toString();
    }

    /** Not to be read in a log. */
    @Override
    public String toString() {
        return start(id) + "…";
    }
}
