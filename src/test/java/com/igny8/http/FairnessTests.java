package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** What it does to others that one account asks for all it can get; bench/throttle measures it. */
class FairnessTests {
    private static final int READS = 30;
    private static final int ABUSIVE_CONNECTIONS = 6;
    private static final int MODEST = 9;

    private final Product product = Product.running();

    private record Tally(int served, int refused) {}

    @Test
    void nineAccountsAreNeverRefusedWhileATenthAsksForAllItCanGet() throws Exception {
        List<Customer> modest = new ArrayList<>();
        for (int i = 0; i < MODEST; i++) {
            modest.add(product.signUp());
        }
        Customer abusive = product.signUp();
        AtomicBoolean isOver = new AtomicBoolean();
        try (Product throttled =
                        product.node(
                                "--igny8.throttle.enabled=true", "--igny8.throttle.read=" + READS);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Tally>> abuse = new ArrayList<>();
            for (int i = 0; i < ABUSIVE_CONNECTIONS; i++) {
                Api api = throttled.api().as(abusive.access());
                abuse.add(threads.submit(() -> tally(api, Integer.MAX_VALUE, isOver)));
            }
            List<Callable<Tally>> work = new ArrayList<>();
            for (Customer customer : modest) {
                Api api = throttled.api().as(customer.access());
                work.add(() -> tally(api, READS, isOver));
            }
            List<Future<Tally>> done = threads.invokeAll(work);
            isOver.set(true);

            for (Future<Tally> one : done) {
                assertThat(one.get()).isEqualTo(new Tally(READS, 0));
            }
            int refused = 0;
            for (Future<Tally> one : abuse) {
                refused += one.get().refused();
            }
            assertThat(refused).isPositive();
        }
    }

    private static Tally tally(Api api, int requests, AtomicBoolean isOver) {
        int served = 0;
        int refused = 0;
        for (int i = 0; i < requests && !isOver.get(); i++) {
            switch (api.get("auth/sites/").status()) {
                case 200 -> served++;
                case 429 -> refused++;
                default -> throw new AssertionError("Neither served nor refused");
            }
        }
        return new Tally(served, refused);
    }
}
