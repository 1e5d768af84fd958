package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
                    .hasMessageContaining("Ask again with the same idempotency key");
            assertThat(deduct(lanes, customer, "one")).isInstanceOf(Outcome.Done.class);
        } finally {
            lanes.stop();
        }
        assertThat(customer.balance()).isEqualTo(new Balance(999, 0));
    }

    /** Guard: whoever trusted in a key that was never sent would pay twice. */
    @Test
    void whoSentNoKeyIsNotToldToAskAgain() {
        Customer customer = product.signUp("free");
        GroupCommit lanes = lanes(new Overtaxed());
        try {
            assertThatThrownBy(() -> deduct(lanes, customer, null))
                    .hasMessageContaining("Look at the transactions before you ask again");
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
        var one =
                new Change.Deduction(
                        Change.Maker.product(customer.accountId()),
                        new Change.Purpose("t", "t", "t", null),
                        1,
                        key);
        return lanes.post(customer.accountId(), List.of(one)).getFirst();
    }

    @Test
    void lanesOpenBeforeRequestsAreServedAndCloseAfterTheLast() {
        assertThat(product.bean(GroupCommit.class).getPhase())
                .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
    }
}
