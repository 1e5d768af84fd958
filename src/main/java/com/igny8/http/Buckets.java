package com.igny8.http;

import java.time.Duration;

/** Where it is kept how much everybody may still do: in this process, or shared by all nodes. */
interface Buckets {
    /** A bucket that was emptied is full again after so long; it refills steadily. */
    Duration WINDOW = Duration.ofMinutes(1);

    /**
     * How it stands with a bucket after somebody took from it.
     *
     * @param untilMore until it is full again where there was one left, until there is one where
     *     there was none
     */
    record Level(boolean allowed, long remaining, Duration untilMore) {}

    /** Takes one from the bucket of this name, which holds so many, if there is one left. */
    Level take(String name, int capacity);
}
