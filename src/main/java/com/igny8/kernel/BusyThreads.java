package com.igny8.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Threads of the system, one a core, for work that keeps a core busy. Requests are served by
 * virtual threads, which take turns only where they wait: such work on a few of them would stop
 * them all.
 */
public final class BusyThreads {
    private final ExecutorService threads;

    /**
     * @param name what they do; each kind of work has its own, and none waits for another
     */
    public BusyThreads(String name) {
        this.threads =
                Executors.newFixedThreadPool(
                        Runtime.getRuntime().availableProcessors(),
                        Thread.ofPlatform().name(name + "-", 1).daemon().factory());
    }

    /** Does the work on one of them and waits for it; what it throws comes through. */
    public <T> T run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads).join();
        } catch (CompletionException failure) {
            switch (failure.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw failure;
            }
        }
    }
}
