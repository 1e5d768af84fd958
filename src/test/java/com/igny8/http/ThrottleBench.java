package com.igny8.http;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Durability;
import com.igny8.testing.Median;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Nine accounts that read at a steady pace below their limit, with and without a tenth that asks
 * for all it can get: how long the nine wait. Product, database and clients are on this machine.
 */
final class ThrottleBench {
    private static final int MODEST = 9;
    private static final int ABUSIVE_CONNECTIONS = 8;
    private static final int ROUNDS = 5;
    private static final int WARM_UP_ACCOUNTS = 8;

    /** Of each of these accounts: below its limit, or most of it would be waiting. */
    private static final int WARM_UP_REQUESTS = 250;

    private static final Duration ROUND = Duration.ofSeconds(15);

    /** Below the 5 a second that 300 a minute are. */
    private static final Duration PACE = Duration.ofMillis(220);

    private final Product product;
    private final List<Customer> modest = new ArrayList<>();
    private final Customer abusive;
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private ThrottleBench(Product product) {
        this.product = product;
        for (int i = 0; i < MODEST; i++) {
            modest.add(product.signUp());
        }
        this.abusive = product.signUp();
    }

    public static void main(String[] arguments) throws Exception {
        try (Product product =
                Product.start(
                        Product.freshDirectory(),
                        "--igny8.throttle.enabled=true",
                        "--igny8.throttle.auth=100000")) {
            new ThrottleBench(product).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        settings();
        warmUp();
        double[] alone = new double[ROUNDS];
        double[] beside = new double[ROUNDS];
        System.out.println("round   p99 alone   p99 beside the abuser   its requests/s");
        for (int round = 0; round < ROUNDS; round++) {
            alone[round] = p99Millis(round());
            refused.set(0);
            served.set(0);
            beside[round] = besideAbuser();
            System.out.printf(
                    "%5d   %6.1f ms   %18.1f ms   %,.0f (%,d served, %,d refused)%n",
                    round + 1,
                    alone[round],
                    beside[round],
                    (served.get() + refused.get()) / (double) ROUND.toSeconds(),
                    served.get(),
                    refused.get());
        }
        System.out.printf(
                "median  %6.1f ms   %18.1f ms   ratio %.2f (goal: at most 2)%n",
                Median.of(alone), Median.of(beside), Median.of(beside) / Median.of(alone));
    }

    private void settings() {
        System.out.printf(
                "%d accounts read auth/sites/ every %d ms; the abuser on %d connections%n",
                MODEST, PACE.toMillis(), ABUSIVE_CONNECTIONS);
        Durability.print(product);
    }

    private void warmUp() {
        for (int account = 0; account < WARM_UP_ACCOUNTS; account++) {
            Api api = product.signUp().api();
            for (int i = 0; i < WARM_UP_REQUESTS; i++) {
                api.get("auth/sites/").expect(200);
            }
        }
    }

    private double besideAbuser() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ABUSIVE_CONNECTIONS; i++) {
                threads.execute(() -> abuse(isOver));
            }
            double p99 = p99Millis(round());
            isOver.set(true);
            return p99;
        }
    }

    private void abuse(AtomicBoolean isOver) {
        while (!isOver.get()) {
            Reply reply = abusive.api().get("auth/sites/");
            (reply.status() == 429 ? refused : served).incrementAndGet();
        }
    }

    /** How long each request of the nine took, in nanoseconds. */
    private List<Long> round() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> accounts = new ArrayList<>();
            for (int i = 0; i < MODEST; i++) {
                Api api = modest.get(i).api();
                long offset = PACE.toNanos() * i / MODEST;
                accounts.add(threads.submit(() -> paced(api, System.nanoTime() + offset)));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> account : accounts) {
                all.addAll(account.get());
            }
            return all;
        }
    }

    /** From when a request was due, so that a late one is not counted as a fast one. */
    private static List<Long> paced(Api api, long start) {
        List<Long> took = new ArrayList<>();
        for (long due = start; due - start < ROUND.toNanos(); due += PACE.toNanos()) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            api.get("auth/sites/").expect(200);
            took.add(System.nanoTime() - due);
        }
        return took;
    }

    private static double p99Millis(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6;
    }
}
