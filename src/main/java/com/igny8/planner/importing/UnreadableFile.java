package com.igny8.planner.importing;

import java.util.Locale;

/** A file that cannot be imported at all; the message is a sentence for the person who sent it. */
public final class UnreadableFile extends RuntimeException {
    private final Reason reason;

    /** Why; the code is what API clients branch on. */
    public enum Reason {
        EMPTY_FILE,
        NO_ROWS,
        TOO_MANY_ROWS,
        TOO_LARGE,
        INVALID_ENCODING,
        UNSUPPORTED_FILE,
        MALFORMED_FILE;

        /** The stable code, such as {@code too_many_rows}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    UnreadableFile(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public String code() {
        return reason.code();
    }

    /** The sentence shown to people; never null, free of internals. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
