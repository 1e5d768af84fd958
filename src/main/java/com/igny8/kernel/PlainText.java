package com.igny8.kernel;

import org.jspecify.annotations.Nullable;

/** One line of text, as people write names and reasons. */
public final class PlainText {
    private PlainText() {}

    /**
     * Whether it is no longer than this and made of characters that can be kept and shown:
     * PostgreSQL takes no NUL, nobody reads control characters, and half a surrogate pair, which
     * JSON can carry, is none.
     *
     * @param text null is as good: whether there must be one is another question
     * @param most UTF-16 units
     */
    public static boolean is(@Nullable String text, int most) {
        return text == null
                || (text.length() <= most
                        && text.chars().noneMatch(Character::isISOControl)
                        && isWellFormed(text));
    }

    /** Whether there is no half of a surrogate pair without its other half. */
    public static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(character -> Character.getType(character) == Character.SURROGATE);
    }

    /** As above, and there is something to read in it. */
    public static boolean isFilled(String text, int most) {
        return !text.isBlank() && is(text, most);
    }
}
