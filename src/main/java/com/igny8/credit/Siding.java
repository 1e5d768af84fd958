package com.igny8.credit;

import com.igny8.credit.GroupCommit.Request;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Where those wait whose account somebody else holds: a job that stores its results, another node.
 * Each account waits by itself, and takes along whoever asks for it meanwhile, so that it holds up
 * nobody and is not tried again and again by the lanes.
 */
final class Siding {
    /** Connections that wait are few, and after a moment each has to let another account try. */
    private static final int TRACKS = 2;

    private static final int MAX_REQUESTS = 256;

    private final Consumer<List<Request>> commit;
    private final Map<UUID, Queue<Request>> waiting = new ConcurrentHashMap<>();
    private final Semaphore tracks = new Semaphore(TRACKS, true);

    /**
     * @param commit answers requests of one account, or {@link #add}s them again
     */
    Siding(Consumer<List<Request>> commit) {
        this.commit = commit;
    }

    /** Has the request wait with those of its account; false where none of them waits. */
    boolean takes(Request request) {
        return waiting.computeIfPresent(
                        request.accountId(), (account, queue) -> with(queue, request))
                != null;
    }

    void add(Request request) {
        waiting.compute(
                request.accountId(),
                (account, queue) -> with(queue == null ? opened(account) : queue, request));
    }

    private static Queue<Request> with(Queue<Request> queue, Request request) {
        queue.add(request);
        return queue;
    }

    private Queue<Request> opened(UUID account) {
        Thread.ofVirtual().name("ledger-siding").start(() -> work(account));
        return new ArrayDeque<>();
    }

    private void work(UUID account) {
        for (List<Request> batch = next(account); !batch.isEmpty(); batch = next(account)) {
            tracks.acquireUninterruptibly();
            try {
                commit.accept(batch);
            } finally {
                tracks.release();
            }
        }
    }

    /**
     * Who waits for the account and was not told to go; where nobody does, it leaves the siding.
     */
    private List<Request> next(UUID account) {
        List<Request> batch = new ArrayList<>();
        waiting.computeIfPresent(
                account,
                (id, queue) -> {
                    queue.removeIf(Request::isGivenUp);
                    while (!queue.isEmpty() && batch.size() < MAX_REQUESTS) {
                        batch.add(queue.remove());
                    }
                    return batch.isEmpty() ? null : queue;
                });
        return batch;
    }
}
