package com.igny8.credit;

import com.igny8.credit.GroupCommit.Request;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(Siding.class);

    /** Connections that wait are few, and after a moment each has to let another account try. */
    private static final int TRACKS = 2;

    /** Changes of one account: a few seconds' work, and some 30 MB. */
    private static final int MAX_WAITING = 100_000;

    private final Consumer<List<Request>> commit;
    private final Map<UUID, Line> waiting = new ConcurrentHashMap<>();
    private final Semaphore tracks = new Semaphore(TRACKS, true);

    /**
     * @param commit answers requests of one account, or {@link #add}s them again
     */
    Siding(Consumer<List<Request>> commit) {
        this.commit = commit;
    }

    /** Those who wait for one account. */
    private static final class Line {
        private final Queue<Request> requests = new ArrayDeque<>();
        private int changes;

        Line with(Request request) {
            requests.add(request);
            changes += request.changes().size();
            return this;
        }

        /** As many as go into one commit. */
        List<Request> first() {
            List<Request> some = new ArrayList<>();
            int taken = 0;
            while (taken < GroupCommit.MAX_CHANGES && !requests.isEmpty()) {
                Request request = requests.remove();
                taken += request.changes().size();
                some.add(request);
            }
            changes -= taken;
            return some;
        }
    }

    /**
     * Has the request wait with those of its account; false where none of them waits, 503 where too
     * many do.
     */
    boolean takes(Request request) {
        return waiting.computeIfPresent(
                        request.accountId(),
                        (account, line) -> {
                            if (line.changes >= MAX_WAITING) {
                                throw GroupCommit.busy();
                            }
                            return line.with(request);
                        })
                != null;
    }

    void add(Request request) {
        waiting.compute(
                request.accountId(),
                (account, line) -> (line == null ? opened(account) : line).with(request));
    }

    private Line opened(UUID account) {
        Thread.ofVirtual().name("ledger-siding").start(() -> work(account));
        return new Line();
    }

    private void work(UUID account) {
        boolean isWaitedFor = true;
        while (isWaitedFor) {
            isWaitedFor = commitSome(account);
        }
    }

    /** False where nobody waits any more. */
    private boolean commitSome(UUID account) {
        tracks.acquireUninterruptibly();
        try {
            List<Request> batch = next(account);
            commit.accept(batch);
            return !batch.isEmpty();
        } catch (RuntimeException | Error failure) {
            // As in a lane: the others who wait here have nobody else
            LOG.error("A siding lost a batch", failure);
            return true;
        } finally {
            tracks.release();
        }
    }

    /** None where nobody waits: the account leaves the siding. */
    private List<Request> next(UUID account) {
        List<Request> batch = new ArrayList<>();
        waiting.computeIfPresent(
                account,
                (id, line) -> {
                    batch.addAll(line.first());
                    return batch.isEmpty() ? null : line;
                });
        return batch;
    }
}
