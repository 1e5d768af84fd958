package com.igny8.kernel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A place in a list that grows at its top, between an entry and its neighbour: entries that are
 * added do not move it.
 *
 * @param id tells apart entries of the same moment
 * @param direction to which side of the entry one reads on
 */
public record Cursor(Instant at, String id, Direction direction) {

    /** Which way a list is read on. */
    public enum Direction {
        OLDER,
        NEWER;

        /** Of no cursor, too: a list begins at its newest. */
        public static Direction of(@Nullable Cursor cursor) {
            return cursor == null ? OLDER : cursor.direction();
        }
    }
}
