package com.igny8.billing;

import com.igny8.identity.BareHash;
import com.igny8.tenancy.Columns;
import com.igny8.testing.Consumption;
import com.igny8.testing.Durability;
import com.igny8.testing.Median;
import com.igny8.testing.Product;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures renewals and paid sign-ups beside the bare SQL they need, turn by turn in one run;
 * medians. And one run of very many renewals, with its memory; see bench/billing.
 */
final class BillingBench {
    private final Product product;
    private final Consumption consumption;
    private final int clients;
    private final int rounds;

    private BillingBench(Product product, int clients, int rounds) {
        this.product = product;
        this.consumption = new Consumption(product);
        this.clients = clients;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws Exception {
        int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        try (Product product =
                Product.start(Product.freshDirectory(), "--igny8.throttle.enabled=false")) {
            BillingBench bench = new BillingBench(product, numbers[2], numbers[3]);
            bench.settings();
            bench.signUps(numbers[1]);
            bench.renewals(Math.clamp(numbers[0] / 100, 100, 1_000));
            new ManyRenewals(product, bench.consumption, numbers[0]).run();
        }
        System.exit(0);
    }

    private void settings() {
        Durability.print(product);
        System.out.printf(
                "clients = %d, medians of %d rounds after one to warm up%n%n", clients, rounds);
    }

    /** The number of things done. */
    private interface Round {
        long run() throws ExecutionException, InterruptedException;
    }

    private static double perSecond(Round round) throws ExecutionException, InterruptedException {
        Instant start = Instant.now();
        return round.run() / seconds(start);
    }

    private static double seconds(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1_000.0;
    }

    private void signUps(int number) throws ExecutionException, InterruptedException {
        BareHash hash = new BareHash(product);
        double[] whole = new double[rounds];
        double[] bare = new double[rounds];
        double[] hashed = new double[rounds];
        Consumption.Time took = consumption.time();
        for (int round = -1; round < rounds; round++) {
            Consumption.Time before = consumption.time();
            double signUps = perSecond(() -> times(number, this::signUp));
            took = consumption.time().since(before);
            double sql = perSecond(() -> bare(BareBilling.SIGN_UP, fresh(number), () -> {}));
            double both = perSecond(() -> bare(BareBilling.SIGN_UP, fresh(number), hash::make));
            if (round >= 0) {
                whole[round] = signUps;
                bare[round] = sql;
                hashed[round] = both;
            }
        }
        System.out.printf(
                "paid sign-ups over HTTP    %,9.1f/s, %s%n", Median.of(whole), took.each(number));
        ratio("bare SQL", bare, whole);
        ratio("bare SQL and the hash", hashed, whole);
    }

    private void signUp() {
        Map<String, Object> body = Product.registration(Product.freshEmail());
        body.put("password", BareHash.PASSWORD);
        body.put("password_confirm", BareHash.PASSWORD);
        body.put("plan_slug", "starter");
        body.put("payment_method", "bank_transfer");
        product.api().post("auth/register/", body).expect(201);
    }

    private static Queue<UUID> fresh(int number) {
        return new ConcurrentLinkedQueue<>(
                Stream.generate(UUID::randomUUID).limit(number).toList());
    }

    private void renewals(int number) throws ExecutionException, InterruptedException {
        double[] whole = new double[rounds];
        double[] bare = new double[rounds];
        Consumption.Time took = consumption.time();
        Consumption.Time bareTook = took;
        for (int round = -1; round < rounds; round++) {
            due(number);
            Queue<UUID> accounts = new ConcurrentLinkedQueue<>(taken());
            Consumption.Time before = consumption.time();
            double sql = perSecond(() -> bare(BareBilling.RENEWAL, accounts, () -> {}));
            bareTook = consumption.time().since(before);
            due(number);
            before = consumption.time();
            double renewals = perSecond(() -> product.bean(BillingRun.class).all());
            took = consumption.time().since(before);
            if (round >= 0) {
                whole[round] = renewals;
                bare[round] = sql;
            }
        }
        System.out.printf(
                "%nrenewals, %,d at a time     %,9.1f/s, %s%n",
                number, Median.of(whole), took.each(number));
        ratio("bare SQL", bare, whole);
        System.out.printf("  %-24s %s%n", "", bareTook.each(number));
    }

    private void due(int number) {
        DueRenewals.make(product.sql(), DueRenewals.PaidBy.BALANCE, number);
        product.sql().sql("ANALYZE").update();
    }

    /** The accounts of those that are due; the product does not find them any more. */
    private List<UUID> taken() {
        return product.sql()
                .sql(
                        """
                        UPDATE subscription SET next_due_at = NULL WHERE next_due_at <= now()
                        RETURNING account_id
                        """)
                .query((row, number) -> Columns.uuid(row, "account_id"))
                .list();
    }

    /** Each account's rows in a transaction, as many clients at once as there are. */
    private long bare(List<String> statements, Queue<UUID> accounts, Runnable before)
            throws ExecutionException, InterruptedException {
        int number = accounts.size();
        together(
                () -> {
                    try (Connection connection = product.superuser().getConnection()) {
                        connection.setAutoCommit(false);
                        for (UUID account = accounts.poll();
                                account != null;
                                account = accounts.poll()) {
                            before.run();
                            BareBilling.write(connection, statements, account);
                        }
                    }
                    return true;
                });
        return number;
    }

    private long times(int number, Runnable once) throws ExecutionException, InterruptedException {
        Queue<UUID> left = fresh(number);
        together(
                () -> {
                    while (left.poll() != null) {
                        once.run();
                    }
                    return true;
                });
        return number;
    }

    private void together(Callable<Boolean> work) throws ExecutionException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Boolean>> all =
                    IntStream.range(0, clients).mapToObj(any -> threads.submit(work)).toList();
            for (Future<Boolean> each : all) {
                each.get();
            }
        }
    }

    private static void ratio(String what, double[] bare, double[] whole) {
        System.out.printf(
                "  %-24s %,9.1f/s   ratio %.3f%n",
                what, Median.of(bare), Median.of(whole) / Median.of(bare));
    }
}
