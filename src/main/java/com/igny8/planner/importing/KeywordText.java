package com.igny8.planner.importing;

import java.text.Normalizer;
import java.util.Locale;

/** The one spelling in which a keyword is kept, and the one by which duplicates are found. */
final class KeywordText {
    /** In Unicode characters, as PostgreSQL counts them. */
    static final int CHARS_MAX = 500;

    private static final int SHOWN_CHARS_MAX = 80;

    private KeywordText() {}

    /** The keyword in a cell, or the reason why it holds none. */
    static String read(String cell) {
        String keyword = normalized(cell);
        if (keyword.isEmpty()) {
            throw Refused.missing();
        }
        if (!hasLetterOrDigit(keyword)) {
            throw Refused.because("text with a letter or a digit", shortened(keyword));
        }
        if (length(keyword) > CHARS_MAX) {
            throw Refused.outOfRange(
                    "at most %d characters long".formatted(CHARS_MAX),
                    "%,d".formatted(length(keyword)));
        }
        return keyword;
    }

    /** Composed (NFC), without invisible characters, words one space apart, case kept. */
    static String normalized(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        character -> {
                            if (isSpace(character)) {
                                appendSpace(kept);
                            } else if (!isInvisible(character)) {
                                kept.appendCodePoint(character);
                            }
                        });
        return Normalizer.normalize(kept, Normalizer.Form.NFC).strip();
    }

    private static void appendSpace(StringBuilder kept) {
        if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
            kept.append(' ');
        }
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** Control characters, zero-width and direction marks, and halves of surrogate pairs. */
    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            default -> false;
        };
    }

    static boolean hasLetterOrDigit(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Equal for keywords that differ in case only. */
    static String folded(String keyword) {
        return keyword.toLowerCase(Locale.ROOT);
    }

    /** Short enough to stand in a sentence or a table cell. */
    static String shortened(String text) {
        String plain = normalized(text);
        if (length(plain) <= SHOWN_CHARS_MAX) {
            return plain;
        }
        return plain.substring(0, plain.offsetByCodePoints(0, SHOWN_CHARS_MAX - 1)) + "…";
    }
}
