package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Message;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import java.time.Clock;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lanes are there for as long as anybody may put something in them. */
@Timeout(60)
class LaneTests {
    private final Product product = Product.running();

    /** Out of memory once. */
    private static final class Overtaxed extends Bookkeeper {
        private boolean hasFailed;

        Overtaxed() {
            super(Clock.systemUTC());
        }

        @Override
        Posted post(Supplier<Message> messages, List<? extends Change> changes, Patience patience) {
            if (!hasFailed) {
                hasFailed = true;
                throw new OutOfMemoryError("For a test");
            }
            return super.post(messages, changes, patience);
        }
    }

    /** Guard: without its thread a lane takes requests and never answers. */
    @Test
    void anErrorEndsNoLane() {
        Customer customer = product.signUp("free");
        GroupCommit lanes = lanes(new Overtaxed());
        try {
            assertThatThrownBy(() -> deduct(lanes, customer, "one"))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.code()).isEqualTo("outcome_unknown"))
                    .hasMessageContaining("Ask again in the same way");
            assertThat(deduct(lanes, customer, "one")).isInstanceOf(Outcome.Done.class);
        } finally {
            lanes.stop();
        }
        assertThat(customer.balance()).isEqualTo(new Balance(999, 0));
    }

    /** Cannot even be looked at, by those who would do them. */
    private static final class Immense extends AbstractList<Change> {
        private final Change one;

        Immense(Change one) {
            this.one = one;
        }

        @Override
        public Change get(int index) {
            return one;
        }

        @Override
        public int size() {
            if (Thread.currentThread().getName().startsWith("ledger-")) {
                throw new OutOfMemoryError("For a test");
            }
            return 1;
        }
    }

    @Test
    void anErrorBeforeACommitHasBegunEndsNoLaneEither() {
        Customer customer = product.signUp("free");
        GroupCommit lanes = lanes(new Bookkeeper(Clock.systemUTC()));
        try {
            assertThatThrownBy(
                            () ->
                                    lanes.post(
                                            customer.accountId(),
                                            new Immense(deduction(customer, null))))
                    .hasMessageContaining("It may be done or not");
            assertThat(deduct(lanes, customer, "one")).isInstanceOf(Outcome.Done.class);
        } finally {
            lanes.stop();
        }
    }

    /** Guard: whoever trusted in a key that was never sent would pay twice. */
    @Test
    void whoSentNoKeyIsToldWhatToDoBeforeTheyAskAgain() {
        Customer customer = product.signUp("free");
        var maker = Change.Maker.product(customer.accountId());
        var hold =
                new Change.Reservation(
                        maker,
                        new Change.Purpose("t", "t", "t", null),
                        1,
                        Duration.ofDays(1),
                        null);
        var capture = new Change.Capture(maker, hold.holdId(), null, null, null);
        assertThat(toldOf(customer, deduction(customer, null)))
                .contains("Look at the transactions before you ask again");
        assertThat(toldOf(customer, hold)).contains("Release hold " + hold.holdId());
        assertThat(toldOf(customer, capture)).contains("Ask again in the same way");
    }

    private String toldOf(Customer customer, Change change) {
        GroupCommit lanes = lanes(new Overtaxed());
        try {
            Problem problem =
                    catchThrowableOfType(
                            Problem.class, () -> lanes.post(customer.accountId(), List.of(change)));
            return String.valueOf(problem.getMessage());
        } finally {
            lanes.stop();
        }
    }

    /** Waits before the first batch: for the database, or until it is let go. */
    private static final class Slow extends Bookkeeper {
        private final Consumer<Message> wait;
        private final CountDownLatch isUnderWay = new CountDownLatch(1);

        Slow(Consumer<Message> wait) {
            super(Clock.systemUTC());
            this.wait = wait;
        }

        @Override
        Posted post(Supplier<Message> messages, List<? extends Change> changes, Patience patience) {
            if (isUnderWay.getCount() > 0) {
                isUnderWay.countDown();
                wait.accept(messages.get());
            }
            return super.post(messages, changes, patience);
        }
    }

    /** Guard: a connection that died without a word would keep its lane for hours. */
    @Test
    void aDatabaseThatFallsSilentHoldsUpNoLane() {
        Customer customer = product.signUp("free");
        GroupCommit lanes = lanes(new Slow(message -> message.run("SELECT pg_sleep(8)").send()));
        try {
            assertThatThrownBy(() -> deduct(lanes, customer, "one"))
                    .hasMessageContaining("It may be done or not");
            assertThat(deduct(lanes, customer, "two")).isInstanceOf(Outcome.Done.class);
        } finally {
            lanes.stop();
        }
        assertThat(customer.balance()).isEqualTo(new Balance(999, 0));
    }

    /** Guard: after a pause, all that was asked for and asked for again meanwhile would be done. */
    @Test
    void whatNobodyWaitsForAnyMoreIsNotBegun() throws Exception {
        Customer customer = product.signUp("free");
        CountDownLatch letGo = new CountDownLatch(1);
        Slow slow = new Slow(message -> await(letGo));
        GroupCommit lanes = lanes(slow);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome> begun = threads.submit(() -> deduct(lanes, customer, "one"));
            slow.isUnderWay.await();
            assertThatThrownBy(() -> deduct(lanes, customer, "two"))
                    .hasMessageContaining("It may be done or not");
            letGo.countDown();
            assertThatThrownBy(begun::get).hasMessageContaining("It may be done or not");
            assertThat(deduct(lanes, customer, "three")).isInstanceOf(Outcome.Done.class);
        } finally {
            lanes.stop();
        }
        assertThat(customer.balance()).as("one and three").isEqualTo(new Balance(998, 0));
    }

    /** Guard: what waits is kept in memory, and the largest requests hold a thousand changes. */
    @Test
    void largeRequestsDoNotPileUp() throws Exception {
        Customer customer = product.signUp("free");
        List<Change> many = Collections.nCopies(1_000, deduction(customer, "one"));
        CountDownLatch letGo = new CountDownLatch(1);
        Slow slow = new Slow(message -> await(letGo));
        GroupCommit lanes = lanes(slow);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = threads.submit(() -> lanes.post(customer.accountId(), many));
            slow.isUnderWay.await();
            List<Future<List<Outcome>>> others =
                    IntStream.range(0, 203)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () -> lanes.post(customer.accountId(), many)))
                            .toList();
            List<String> refusals =
                    others.stream().map(LaneTests::codeOfRefusal).filter("busy"::equals).toList();
            letGo.countDown();
            assertThat(refusals).hasSize(3);
        } finally {
            lanes.stop();
        }
    }

    private static String codeOfRefusal(Future<List<Outcome>> request) {
        return catchThrowableOfType(ExecutionException.class, request::get).getCause()
                        instanceof Problem problem
                ? problem.code()
                : "";
    }

    /** Guard: the locks of a node that vanished would stay for hours, of many accounts. */
    @Test
    void aLaneThatGoesWithoutAWordLeavesNoLocksBehind() {
        Customer customer = product.signUp("free");
        PlatformTransactions platform = product.bean(PlatformTransactions.class);
        List<Change> changes = List.of(deduction(customer, "one"));
        String silence =
                platform.write(
                        jdbc -> {
                            var _ =
                                    new Bookkeeper(Clock.systemUTC())
                                            .post(
                                                    platform::message,
                                                    changes,
                                                    Bookkeeper.Patience.NONE);
                            return jdbc.sql("SHOW idle_in_transaction_session_timeout")
                                    .query(String.class)
                                    .single();
                        });
        assertThat(silence).isEqualTo("30s");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private GroupCommit lanes(Bookkeeper bookkeeper) {
        GroupCommit lanes =
                new GroupCommit(
                        product.bean(PlatformTransactions.class),
                        bookkeeper,
                        Duration.ofSeconds(1));
        lanes.start();
        return lanes;
    }

    private static Outcome deduct(GroupCommit lanes, Customer customer, @Nullable String key) {
        return lanes.post(customer.accountId(), List.of(deduction(customer, key))).getFirst();
    }

    private static Change deduction(Customer customer, @Nullable String key) {
        return new Change.Deduction(
                Change.Maker.product(customer.accountId()),
                new Change.Purpose("t", "t", "t", null),
                1,
                key);
    }

    @Test
    void lanesOpenBeforeRequestsAreServedAndCloseAfterTheLast() {
        assertThat(product.bean(GroupCommit.class).getPhase())
                .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
    }
}
