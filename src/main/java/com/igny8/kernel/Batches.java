package com.igny8.kernel;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Much that is done some at a time, so that none of it holds up others for long. */
public final class Batches {
    /** To begin with, where rows are read in the order of their ids: none comes before it. */
    public static final UUID FIRST_ID = new UUID(0, 0);

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

    /**
     * Reads batch after batch, each from where the one before it ended, until one is not full.
     *
     * @param size of a full one
     * @param next reads the batch after this row, the first one after null
     * @param reader is given each that is not empty
     * @return how many rows there were in all
     */
    public static <T> int read(
            int size, Function<@Nullable T, List<T>> next, Consumer<List<T>> reader) {
        AtomicReference<@Nullable T> last = new AtomicReference<>();
        return doAll(
                size,
                () -> {
                    List<T> batch = next.apply(last.get());
                    if (!batch.isEmpty()) {
                        reader.accept(batch);
                        last.set(batch.getLast());
                    }
                    return batch.size();
                });
    }
}
