package com.igny8.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

@Timeout(60)
class BusyThreadsTests {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final BusyThreads threads = new BusyThreads("test", 2);

    /** Guard: who is held back, for others to go on with, is not forgotten when none come. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 200", "3, 7", "3, 200", "8, 5", "8, 1000"})
    void everybodyIsAnswered(int together, int callers) throws Exception {
        BusyThreads crowded = new BusyThreads("test", together);
        List<Callable<Integer>> calls =
                IntStream.range(0, callers)
                        .<Callable<Integer>>mapToObj(number -> () -> crowded.run(() -> number))
                        .toList();

        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            int next = 0;
            for (var answer : people.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(next++);
            }
        }
    }

    @Test
    void whereManyWaitThoseWhoAreDoneGoOnTogether() throws Exception {
        int group = 2 * THREADS;
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch oneIsToldFirst = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        AtomicInteger doneWhenTheFirstWasTold = new AtomicInteger();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 4 * group; number++) {
                people.execute(
                        () -> {
                            threads.run(
                                    () -> {
                                        await(begin);
                                        if (done.incrementAndGet() > group + THREADS) {
                                            await(oneIsToldFirst);
                                        }
                                        return true;
                                    });
                            doneWhenTheFirstWasTold.compareAndSet(0, done.get());
                            oneIsToldFirst.countDown();
                        });
            }
            while (threads.waiting() < 4 * group - THREADS) {
                Thread.onSpinWait();
            }
            begin.countDown();
        }

        assertThat(doneWhenTheFirstWasTold.get()).isGreaterThanOrEqualTo(group);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void whatIsThrownComesThrough() {
        assertThatThrownBy(
                        () ->
                                threads.run(
                                        () -> {
                                            throw Problem.notFound("It");
                                        }))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(
                        () ->
                                threads.run(
                                        () -> {
                                            throw new StackOverflowError();
                                        }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(threads.run(() -> "still there")).isEqualTo("still there");
    }
}
