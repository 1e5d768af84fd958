package com.igny8.kernel;

import java.util.function.IntSupplier;

/** Much that is done some at a time, so that none of it holds up others for long. */
public final class Batches {
    private Batches() {}

    /**
     * Has batch after batch done, until one is not full.
     *
     * @param size of a full one
     * @param batch does one, and says how many it found
     * @return how many there were in all
     */
    public static int doAll(int size, IntSupplier batch) {
        int all = 0;
        int last = size;
        while (last == size) {
            last = batch.getAsInt();
            all += last;
        }
        return all;
    }
}
