package com.igny8.planner.clustering;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one clustering run; closing it stops them. With one thread it is the caller's own,
 * so that a piece of work may divide its work again.
 */
final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;

    Workers(int threads) {
        this.threads = threads;
        this.executor =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("clustering-", 0).daemon().factory());
    }

    /** A piece of work that depends on its number only, so that the order does not matter. */
    interface Piece {
        void run(int number) throws InterruptedException;
    }

    /** Runs pieces 0 to count − 1 and waits; an interrupt stops them between two pieces. */
    void each(int count, Piece piece) throws InterruptedException {
        if (threads == 1) {
            runAll(new AtomicInteger(), count, piece);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < Math.min(threads, count); thread++) {
            running.add(
                    executor.submit(
                            () -> {
                                runAll(next, count, piece);
                                return null;
                            }));
        }
        for (Future<?> future : running) {
            await(future);
        }
    }

    private static void runAll(AtomicInteger next, int count, Piece piece)
            throws InterruptedException {
        for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            piece.run(number);
        }
    }

    private static void await(Future<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException exception) {
            throw new IllegalStateException("clustering failed", exception.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
