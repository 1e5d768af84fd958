package com.igny8.audit;

import com.igny8.kernel.Days;
import com.igny8.kernel.FieldErrors;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * Which entries of the log; null is any.
 *
 * @param action what the action begins with, as {@code site.} or {@code site.created}
 * @param target what was acted on, as {@code site:<id>}, or what kind of thing, as {@code site}
 * @param to before this moment
 */
public record AuditFilter(
        @Nullable String action,
        @Nullable UUID actor,
        @Nullable String target,
        @Nullable Instant from,
        @Nullable Instant to) {
    private static final int MAX_LENGTH = 100;

    public AuditFilter {
        new FieldErrors()
                .require(
                        action == null || action.length() <= MAX_LENGTH,
                        "action",
                        "Must be at most " + MAX_LENGTH + " characters")
                .require(
                        target == null || target.length() <= MAX_LENGTH,
                        "target",
                        "Must be at most " + MAX_LENGTH + " characters")
                .require(from == null || Days.ALL.contain(from), "from", "Must be of " + Days.YEARS)
                .require(to == null || Days.ALL.contain(to), "to", "Must be of " + Days.YEARS)
                .require(
                        from == null || to == null || from.isBefore(to),
                        "to",
                        "Must be later than from")
                .throwIfAny();
        action = blankIsAny(action);
        target = blankIsAny(target);
    }

    private static @Nullable String blankIsAny(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Everything. */
    public static AuditFilter none() {
        return new AuditFilter(null, null, null, null, null);
    }

    /** Whether it leaves anything out. */
    public boolean isNarrow() {
        return !equals(none());
    }
}
