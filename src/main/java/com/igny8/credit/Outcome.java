package com.igny8.credit;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** What became of a change. */
sealed interface Outcome {
    /**
     * It is done now, or was done before and this is the first answer again.
     *
     * @param entry what it wrote; null where it wrote none, and where a capture is answered again:
     *     its hold tells of it
     * @param hold the hold it made or settled; null for all else
     * @param available what was available right after it
     */
    record Done(@Nullable Entry entry, @Nullable Hold hold, long available) implements Outcome {
        /** Whether the maker did it, and may know of its site. */
        boolean isBy(Change.Maker maker) {
            if (entry != null) {
                return Objects.equals(entry.userId(), maker.userId())
                        && maker.knows(entry.siteId());
            }
            return hold != null
                    && Objects.equals(hold.userId(), maker.userId())
                    && maker.knows(hold.siteId());
        }
    }

    /**
     * It is not done, and nothing is.
     *
     * @param balance as it was then
     */
    record Refused(Problem problem, long balance) implements Outcome {}

    /** What was done; throws what it was refused with. */
    default Done orThrow() {
        return switch (this) {
            case Done done -> done;
            case Refused refused -> throw refused.problem();
        };
    }

    /** The entry of a change that writes one; not of a capture, which may be answered without. */
    default Entry entryOrThrow() {
        return Objects.requireNonNull(orThrow().entry());
    }

    /** The hold of a change that makes or settles one. */
    default Hold holdOrThrow() {
        return Objects.requireNonNull(orThrow().hold());
    }
}
