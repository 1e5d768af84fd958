package com.igny8.kernel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Some entries of a list that grows at its top, newest first, and how to go on from them.
 *
 * @param newer to those before the first; null where it is known that there are none
 * @param older to those after the last; null where there are none
 */
public record CursorPage<T>(List<T> rows, @Nullable Cursor newer, @Nullable Cursor older) {
    public CursorPage {
        rows = List.copyOf(rows);
    }

    /**
     * The page that was read from a cursor on.
     *
     * @param found in the direction of the cursor, nearest first, one more than a page holds where
     *     there are more
     * @param size how many a page holds
     */
    public static <T> CursorPage<T> of(
            List<T> found,
            int size,
            @Nullable Cursor from,
            Function<T, Instant> at,
            Function<T, String> id) {
        boolean hasMore = found.size() > size;
        boolean isTowardsNewer = Cursor.Direction.of(from) == Cursor.Direction.NEWER;
        List<T> nearest = found.subList(0, Math.min(size, found.size()));
        List<T> rows = isTowardsNewer ? nearest.reversed() : nearest;
        if (rows.isEmpty()) {
            return new CursorPage<>(rows, null, null);
        }
        boolean hasNewer = isTowardsNewer ? hasMore : from != null;
        boolean hasOlder = isTowardsNewer || hasMore;
        T first = rows.getFirst();
        T last = rows.getLast();
        return new CursorPage<>(
                rows,
                hasNewer
                        ? new Cursor(at.apply(first), id.apply(first), Cursor.Direction.NEWER)
                        : null,
                hasOlder
                        ? new Cursor(at.apply(last), id.apply(last), Cursor.Direction.OLDER)
                        : null);
    }
}
