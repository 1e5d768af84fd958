package com.igny8.credit;

import com.igny8.credit.Bookkeeper.Patience;
import com.igny8.credit.Bookkeeper.Posted;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Brings changes that many ask for at the same time into few transactions: what waits in a lane
 * while one commit is under way goes into the next. Nobody is answered before the commit that has
 * their change has returned, and a change waits for nobody but those before it: with nothing in the
 * lane it goes at once. Whose account somebody else holds waits in the {@link Siding}, where that
 * holds up nobody.
 *
 * <p>The transactions are the platform's, because they cover many accounts. The wall stands all the
 * same: nobody can put anything in a lane but {@link CreditDesk}, which takes the account from the
 * bound caller, and every row read or written here carries the account of its change.
 */
@Component
class GroupCommit implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /**
     * An account is always in the same one, so that two of them seldom want the same row. A lane
     * has enough to do for a processor of PostgreSQL's, and takes several of ours to fill; more of
     * them would only make each commit smaller.
     */
    private static final int LANES = Math.max(1, processors() / 4);

    /** Enough that a commit costs each of them next to nothing, and few enough to be quick. */
    static final int MAX_CHANGES = 256;

    /** Who comes when so many wait is told to come back, rather than to wait for ever. */
    private static final int MAX_WAITING = 10_000;

    /** Requests of up to 1,000 changes: a few seconds' work, and some 50 MB. */
    private static final int MAX_FREIGHT_WAITING = 200;

    /** How long a request waits for its outcome, and a lane for each answer of the database. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration LAST_COMMIT = Duration.ofSeconds(5);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final PlatformTransactions platform;
    private final Bookkeeper bookkeeper;
    private final Duration longestWait;
    private final List<Lane> lanes = lanes("ledger", LANES, MAX_WAITING);

    /** For requests that fill a commit by themselves: there is nothing to wait for. */
    private final List<Lane> freightLanes =
            lanes("ledger-freight", processors(), MAX_FREIGHT_WAITING);

    private final Siding siding = new Siding(batch -> commit(batch, Patience.SHORT));
    private volatile boolean running;

    @Autowired
    GroupCommit(PlatformTransactions platform, Bookkeeper bookkeeper) {
        this(platform, bookkeeper, LONGEST_WAIT);
    }

    GroupCommit(PlatformTransactions platform, Bookkeeper bookkeeper, Duration longestWait) {
        this.platform = platform;
        this.bookkeeper = bookkeeper;
        this.longestWait = longestWait;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private List<Lane> lanes(String name, int count, int maxWaiting) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Lane(name + '-' + number, maxWaiting))
                .toList();
    }

    /** What one caller asks for, all of it on one account. */
    record Request(
            UUID accountId,
            List<? extends Change> changes,
            CompletableFuture<List<Outcome>> outcomes) {
        /** Nobody waits for it any more: they were told that its outcome is not known. */
        boolean isGivenUp() {
            return outcomes.isDone();
        }
    }

    /** Does the changes, all of one account, and returns once that is durable. */
    List<Outcome> post(UUID accountId, List<? extends Change> changes) {
        Request request = new Request(accountId, changes, new CompletableFuture<>());
        if (!running || !(siding.takes(request) || lane(request).queue.offer(request))) {
            throw busy();
        }
        try {
            return request.outcomes().get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            request.outcomes().cancel(false);
            LOG.error("A change of credits has no known outcome", failure);
            throw unknown(changes);
        } catch (InterruptedException stop) {
            request.outcomes().cancel(false);
            Thread.currentThread().interrupt();
            throw unknown(changes);
        }
    }

    static Problem busy() {
        return Problem.of(503, "busy", "Too much is being done just now. Try again in a moment");
    }

    private Lane lane(Request request) {
        List<Lane> some = request.changes().size() < MAX_CHANGES ? lanes : freightLanes;
        return some.get(Math.floorMod(request.accountId().hashCode(), some.size()));
    }

    /** Lost between the commit and its answer: it may be done, and whoever asks again finds out. */
    private static Problem unknown(List<? extends Change> changes) {
        return Problem.of(
                503,
                "outcome_unknown",
                "It may be done or not. "
                        + changes.stream()
                                .map(Change::beforeAskingAgain)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(
                                        "Ask again in the same way, with the idempotency key if you"
                                                + " sent one, to be sure"));
    }

    /** A queue, and the one thread that empties it. */
    private final class Lane {
        private final BlockingQueue<Request> queue;
        private final String name;
        private @Nullable Thread worker;

        Lane(String name, int maxWaiting) {
            this.name = name;
            this.queue = new ArrayBlockingQueue<>(maxWaiting);
        }

        void open() {
            worker = Thread.ofPlatform().name(name).daemon().start(this::work);
        }

        /** Once what was taken is done. */
        void close() {
            try {
                if (worker != null) {
                    worker.join(LAST_COMMIT);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        private void work() {
            try {
                while (running || !queue.isEmpty()) {
                    takeOneBatch();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        private void takeOneBatch() throws InterruptedException {
            try {
                Request first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    commit(gather(first), Patience.NONE);
                }
            } catch (RuntimeException | Error failure) {
                // Out of memory, say. Who was in the batch is told after the longest wait; without
                // its thread the lane would go on to take requests, and never answer.
                LOG.error("A lane lost a batch", failure);
            }
        }

        /** With the first, whoever waits by now. */
        private List<Request> gather(Request first) {
            List<Request> batch = new ArrayList<>();
            batch.add(first);
            int changes = first.changes().size();
            while (changes < MAX_CHANGES) {
                Request next = queue.poll();
                if (next == null) {
                    break;
                }
                batch.add(next);
                changes += next.changes().size();
            }
            return batch;
        }
    }

    /**
     * All in one transaction, but for those whose account somebody else holds. Where that fails,
     * each in its own, so that none fails for another.
     */
    private void commit(List<Request> asked, Patience patience) {
        List<Request> batch = asked.stream().filter(request -> !request.isGivenUp()).toList();
        if (batch.isEmpty()) {
            return;
        }
        AtomicBoolean isCommitting = new AtomicBoolean();
        try {
            answer(batch, transaction(batch, patience, isCommitting));
        } catch (Error failure) {
            batch.forEach(request -> request.outcomes().completeExceptionally(failure));
        } catch (RuntimeException failure) {
            if (isCommitting.get()) {
                // Done twice would be worse than not known to be done
                batch.forEach(request -> request.outcomes().completeExceptionally(failure));
            } else if (isForALock(failure)) {
                batch.forEach(siding::add);
            } else if (batch.size() == 1) {
                batch.getFirst().outcomes().completeExceptionally(failure);
            } else {
                LOG.warn("{} requests failed together; each on its own now", batch.size(), failure);
                batch.forEach(request -> commit(List.of(request), patience));
            }
        }
    }

    private Posted transaction(List<Request> batch, Patience patience, AtomicBoolean isCommitting) {
        List<? extends Change> changes =
                batch.stream().flatMap(request -> request.changes().stream()).toList();
        return platform.write(
                jdbc -> {
                    platform.waitAtMost(longestWait);
                    Posted posted = bookkeeper.post(platform::message, changes, patience);
                    isCommitting.set(true);
                    return posted;
                });
    }

    private void answer(List<Request> batch, Posted posted) {
        int next = 0;
        for (Request request : batch) {
            if (posted.leftOut().contains(request.accountId())) {
                siding.add(request);
            } else {
                int end = next + request.changes().size();
                request.outcomes().complete(posted.outcomes().subList(next, end));
                next = end;
            }
        }
    }

    /** Waited for in vain: somebody's budget, say, while it is being changed. */
    static boolean isForALock(RuntimeException failure) {
        return failure.getCause() instanceof SQLException cause
                && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
    }

    @Override
    public void start() {
        running = true;
        lanes.forEach(Lane::open);
        freightLanes.forEach(Lane::open);
    }

    @Override
    public void stop() {
        running = false;
        lanes.forEach(Lane::close);
        freightLanes.forEach(Lane::close);
    }

    /** Open before the first request comes, and until the last one is answered. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
