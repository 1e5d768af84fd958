package com.igny8.billing;

import com.igny8.identity.BareHash;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final int SAMPLES = 10;
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final int MEGABYTE = 1 << 20;
    private static final Path SELF = Path.of("/proc/self/status");

    private final Product product;
    private final int clients;
    private final int rounds;

    private BillingBench(Product product, int clients, int rounds) {
        this.product = product;
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
            bench.renewals(Math.max(500, Math.min(numbers[0] / 20, 5_000)));
            bench.manyRenewals(numbers[0]);
        }
        System.exit(0);
    }

    private void settings() {
        product.bean(PlatformTransactions.class)
                .read(jdbc -> BareBilling.settings(jdbc).toList())
                .forEach(System.out::println);
        System.out.printf(
                "processors = %d, clients = %d, medians of %d rounds after one to warm up%n%n",
                Runtime.getRuntime().availableProcessors(), clients, rounds);
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
        for (int round = -1; round < rounds; round++) {
            double signUps = perSecond(() -> times(number, this::signUp));
            double sql = perSecond(() -> bare(BareBilling.SIGN_UP, fresh(number), () -> {}));
            double both = perSecond(() -> bare(BareBilling.SIGN_UP, fresh(number), hash::make));
            if (round >= 0) {
                whole[round] = signUps;
                bare[round] = sql;
                hashed[round] = both;
            }
        }
        System.out.printf("paid sign-ups over HTTP    %,9.1f/s%n", median(whole));
        ratio("bare SQL", bare, whole);
        ratio("bare SQL and the hash", hashed, whole);
    }

    private void signUp() {
        Map<String, Object> body = Product.registration(Product.freshEmail());
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
        for (int round = -1; round < rounds; round++) {
            due(number);
            Queue<UUID> accounts = new ConcurrentLinkedQueue<>(taken());
            double sql = perSecond(() -> bare(BareBilling.RENEWAL, accounts, () -> {}));
            due(number);
            double renewals = perSecond(() -> product.bean(BillingRun.class).all());
            if (round >= 0) {
                whole[round] = renewals;
                bare[round] = sql;
            }
        }
        System.out.printf("%nrenewals, %,d at a time     %,9.1f/s%n", number, median(whole));
        ratio("bare SQL", bare, whole);
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

    /** All due at once, in one run; samples of its memory at every tenth of it. */
    private void manyRenewals(int number)
            throws ExecutionException, InterruptedException, IOException {
        due(number);
        Instant start = Instant.now();
        List<Sample> samples = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> run = threads.submit(() -> product.bean(BillingRun.class).all());
            System.out.printf("%n%,d renewals in one run%n", number);
            while (!run.isDone()) {
                Thread.sleep(WAIT);
                long done = number - waiting();
                if (done >= (long) number * (samples.size() + 1) / SAMPLES) {
                    samples.add(sample(done, start));
                }
            }
            System.out.printf(
                    "%,d done in %.0f s: %,.1f/s%n",
                    run.get(), seconds(start), run.get() / seconds(start));
        }
        if (samples.size() > 1) {
            System.out.printf(
                    "heap after collection, last sample to first: %.2f; resident: %.2f%n",
                    (double) samples.getLast().heap() / samples.getFirst().heap(),
                    (double) samples.getLast().resident() / samples.getFirst().resident());
        }
    }

    private long waiting() {
        return product.sql()
                .sql("SELECT count(*) FROM subscription WHERE next_due_at <= now()")
                .query(Long.class)
                .single();
    }

    /** Megabytes of this process, in which product and bench are; PostgreSQL is another. */
    private record Sample(long heap, long resident) {}

    private static Sample sample(long done, Instant start) throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        Sample sample =
                new Sample(
                        (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE,
                        Files.readAllLines(SELF).stream()
                                        .filter(line -> line.startsWith("VmRSS:"))
                                        .mapToLong(
                                                line -> Long.parseLong(line.replaceAll("\\D", "")))
                                        .findFirst()
                                        .orElse(0)
                                / 1_024);
        System.out.printf(
                "%,9d done after %5.0f s, heap after collection %4d MB, resident %5d MB%n",
                done, seconds(start), sample.heap(), sample.resident());
        return sample;
    }

    private static void ratio(String what, double[] bare, double[] whole) {
        System.out.printf(
                "  %-24s %,9.1f/s   ratio %.3f%n",
                what, median(bare), median(whole) / median(bare));
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}
