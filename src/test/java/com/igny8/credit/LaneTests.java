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
import java.util.List;
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
        GroupCommit lanes =
                new GroupCommit(product.bean(PlatformTransactions.class), new Overtaxed());
        lanes.start();
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
        GroupCommit lanes =
                new GroupCommit(product.bean(PlatformTransactions.class), new Overtaxed());
        lanes.start();
        try {
            assertThatThrownBy(() -> deduct(lanes, customer, null))
                    .hasMessageContaining("Look at the transactions before you ask again");
        } finally {
            lanes.stop();
        }
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
