package com.igny8.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class BatchesTests {
    @Property
    void allIsReadOnceAndInItsOrder(
            @ForAll @IntRange(max = 50) int rows, @ForAll @IntRange(min = 1, max = 12) int size) {
        List<Integer> read = new ArrayList<>();

        int count =
                Batches.<Integer>read(
                        size,
                        last -> {
                            int next = last == null ? 0 : last + 1;
                            return IntStream.range(next, Math.min(next + size, rows))
                                    .boxed()
                                    .toList();
                        },
                        batch -> {
                            assertThat(batch).isNotEmpty();
                            read.addAll(batch);
                        });

        assertThat(count).isEqualTo(rows);
        assertThat(read).containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
    }

    @Property
    void batchesAreDoneUntilOneIsNotFull(
            @ForAll @IntRange(max = 50) int rows, @ForAll @IntRange(min = 1, max = 12) int size) {
        AtomicInteger left = new AtomicInteger(rows);

        int count =
                Batches.doAll(
                        size,
                        () -> {
                            int found = Math.min(size, left.get());
                            left.addAndGet(-found);
                            return found;
                        });

        assertThat(count).isEqualTo(rows);
        assertThat(left).hasValue(0);
    }
}
