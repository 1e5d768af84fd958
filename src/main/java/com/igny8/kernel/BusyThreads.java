package com.igny8.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads of the system, one a core, for work that keeps a core busy. Requests are served by
 * virtual threads, which take turns only where they wait: such work on a few of them would stop
 * them all.
 */
public final class BusyThreads {
    private final ThreadPoolExecutor threads;
    private final int together;
    private final List<Runnable> held = new ArrayList<>();

    /**
     * @param name what they do; each kind of work has its own, and none waits for another
     */
    public BusyThreads(String name) {
        this(name, 1);
    }

    /**
     * As above, for short work that a crowd may ask for. As long as at least so many wait for their
     * turn, those who are done wait for one another, and then go on together: what each does then
     * is little, and costs several times as much where the work has the caches to itself again
     * after each of them.
     *
     * @param together how many for each thread
     */
    public BusyThreads(String name, int together) {
        int number = Runtime.getRuntime().availableProcessors();
        this.together = together * number;
        this.threads =
                new ThreadPoolExecutor(
                        number,
                        number,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name(name + "-", 1).daemon().factory());
    }

    /** Does the work on one of them and waits for it; what it throws comes through. */
    public <T> T run(Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        threads.execute(() -> tell(done(work, answer)));
        try {
            return answer.join();
        } catch (CompletionException failure) {
            switch (failure.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw failure;
            }
        }
    }

    /** How many have not had their turn. */
    int waiting() {
        return threads.getQueue().size();
    }

    /** Does it, and gives what tells so to who waits. */
    private static <T> Runnable done(Supplier<T> work, CompletableFuture<T> answer) {
        try {
            T result = work.get();
            return () -> answer.complete(result);
        } catch (RuntimeException | Error failure) {
            return () -> answer.completeExceptionally(failure);
        }
    }

    /** At once, unless many wait: each of them looks here again when it is done. */
    private void tell(Runnable news) {
        List<Runnable> due;
        synchronized (held) {
            held.add(news);
            if (held.size() < together && waiting() >= together) {
                return;
            }
            due = List.copyOf(held);
            held.clear();
        }
        due.forEach(Runnable::run);
    }
}
