package com.igny8.identity;

import com.igny8.account.Gate;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.TenantTransactions;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Loopback;
import com.igny8.testing.Product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * What it costs to know who somebody is: sign-ins a second beside bare hashes, reads of somebody
 * who is signed in beside those of nobody, and the parts of it. Closed loop on loopback, one client
 * count, one run; medians.
 */
final class AuthBench {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 5;

    /** Until the compiler has seen enough of it. */
    private static final int WARM_UP_ROUNDS = 4;

    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final int PEOPLE = 32;
    private static final int STEPS = 2_000;
    private static final String UNLIMITED = "1000000000";

    private final Product product;
    private final List<Customer> people = new ArrayList<>();

    private AuthBench(Product product) {
        this.product = product;
        for (int i = 0; i < PEOPLE; i++) {
            people.add(product.signUp());
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (Product product =
                Product.start(
                        Product.freshDirectory(),
                        "--igny8.throttle.enabled=true",
                        "--igny8.throttle.read=" + UNLIMITED,
                        "--igny8.throttle.auth=" + UNLIMITED)) {
            new AuthBench(product).run();
        }
        System.exit(0);
    }

    /** Something that is done again and again by one client. */
    private interface Step {
        void run() throws Exception;
    }

    private void run() throws Exception {
        settings();
        reads();
        signIns(); // After reads: a server that just started would be measured compiling
        parts();
    }

    private void settings() {
        for (String name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            System.out.printf(
                    "%s = %s%n",
                    name,
                    product.bean(PlatformTransactions.class)
                            .read(jdbc -> jdbc.sql("SHOW " + name).query(String.class).single()));
        }
        System.out.printf(
                "processors = %d, clients = %d, %d rounds of %d s each after %d to warm up%n%n",
                processors(), CLIENTS, ROUNDS, ROUND.toSeconds(), WARM_UP_ROUNDS);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private void signIns() throws Exception {
        Passwords passwords = product.bean(Passwords.class);
        String hash = passwords.hash(Customer.PASSWORD);
        double[] bare = new double[ROUNDS];
        double[] whole = new double[ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            double hashes = perSecond(processors(), client -> () -> check(passwords, hash));
            double signIns = perSecond(CLIENTS, this::signIn);
            if (round >= 0) {
                bare[round] = hashes;
                whole[round] = signIns;
            }
        }
        System.out.printf("Argon2id hashes checked       %8.1f/s%n", median(bare));
        System.out.printf(
                "sign-ins over HTTP            %8.1f/s   ratio %.2f (goal: 0.9)%n%n",
                median(whole), median(whole) / median(bare));
    }

    private static void check(Passwords passwords, String hash) {
        if (!passwords.matches(Customer.PASSWORD, hash)) {
            throw new AssertionError("The password is right");
        }
    }

    private Step signIn(int client) {
        byte[] request =
                Loopback.post(
                        "/api/v1/auth/login/",
                        Api.JSON.writeValueAsString(
                                Map.of(
                                        "email",
                                        people.get(client).email(),
                                        "password",
                                        Customer.PASSWORD)));
        return sending(product, request);
    }

    private void reads() throws Exception {
        Map<String, String> nobody = Map.of();
        Map<String, String> somebody =
                Map.of("Authorization", "Bearer " + people.getFirst().access());
        Map<String, String> browser = Map.of("Cookie", "igny8_session=" + cookie());
        compare(
                "JSON",
                "/.well-known/jwks.json",
                nobody,
                somebody,
                List.of(
                        "/.well-known/jwks.json", // What it costs to be somebody, and no more
                        "/api/v1/auth/me/",
                        "/api/v1/billing/credits/balance/",
                        "/api/v1/auth/sites/"));
        compare("pages", "/login", nobody, browser, List.of("/sites", "/account/credits"));
    }

    private String cookie() {
        User user = product.bean(Users.class).get(people.getFirst().userId());
        return product.bean(WebSessions.class)
                .start(user, people.getFirst().accountId(), "bench", "127.0.0.1");
    }

    private void compare(
            String what,
            String open,
            Map<String, String> nobody,
            Map<String, String> somebody,
            List<String> guarded)
            throws Exception {
        List<byte[]> requests = new ArrayList<>();
        requests.add(Loopback.get(open, nobody));
        guarded.forEach(path -> requests.add(Loopback.get(path, somebody)));
        double[][] rates = new double[requests.size()][ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < requests.size(); i++) {
                byte[] request = requests.get(i);
                double rate = perSecond(CLIENTS, client -> sending(product, request));
                if (round >= 0) {
                    rates[i][round] = rate;
                }
            }
        }
        double base = median(rates[0]);
        System.out.printf("%-29s %,8.0f/s   (%s, nobody)%n", open, base, what);
        for (int i = 0; i < guarded.size(); i++) {
            double rate = median(rates[i + 1]);
            System.out.printf(
                    "%-29s %,8.0f/s   ratio %.2f (goal: 0.7)%n",
                    guarded.get(i).replace("/api/v1", ""), rate, rate / base);
        }
        System.out.println();
    }

    /** What a request pays for, one at a time. */
    private void parts() throws Exception {
        Customer customer = people.getFirst();
        Gate gate = product.bean(Gate.class);
        TenantTransactions tenants = product.bean(TenantTransactions.class);
        PlatformTransactions platform = product.bean(PlatformTransactions.class);
        double gateMicros =
                micros(() -> gate.ask(customer.userId(), customer.accountId(), Caller.Via.TOKEN));
        double plain =
                micros(
                        () ->
                                platform.read(
                                        jdbc ->
                                                jdbc.sql("SELECT 1")
                                                        .query(Integer.class)
                                                        .single()));
        double bound =
                customer.inside(
                        () ->
                                micros(
                                        () ->
                                                tenants.read(
                                                        sql ->
                                                                sql.statement("SELECT 1")
                                                                        .query(Integer.class)
                                                                        .single())));
        System.out.printf("gate.ask                      %8.1f µs%n", gateMicros);
        System.out.printf("a transaction with SELECT 1   %8.1f µs%n", plain);
        System.out.printf(
                "the same with an account bound%8.1f µs   row level security: %.1f µs%n",
                bound, bound - plain);
        throttle(customer);
    }

    /** The same request to a node of the same product that does not throttle. */
    private void throttle(Customer customer) throws Exception {
        byte[] request =
                Loopback.get(
                        "/api/v1/auth/me/", Map.of("Authorization", "Bearer " + customer.access()));
        try (Product off = product.node("--igny8.throttle.enabled=false");
                Product on =
                        product.node(
                                "--igny8.throttle.enabled=true",
                                "--igny8.throttle.read=" + UNLIMITED)) {
            Step without = sending(off, request);
            Step with = sending(on, request);
            double[] difference = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                difference[round] = micros(with) - micros(without);
            }
            System.out.printf("throttle, of a request        %8.1f µs%n", median(difference));
        }
    }

    private static Step sending(Product product, byte[] request) {
        try {
            Loopback connection = new Loopback(product.port());
            return () -> {
                int status = connection.send(request);
                if (status != 200) {
                    throw new AssertionError("Answered " + status);
                }
            };
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static double micros(Step step) throws Exception {
        for (int i = 0; i < STEPS; i++) {
            step.run();
        }
        double[] medians = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < STEPS; i++) {
                step.run();
            }
            medians[round] = (System.nanoTime() - start) / 1e3 / STEPS;
        }
        return median(medians);
    }

    /** How often all clients together get it done, each as fast as it can. */
    private static double perSecond(int clients, IntFunction<Step> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Long>> counts = new ArrayList<>();
            long start = System.nanoTime();
            for (int client = 0; client < clients; client++) {
                Step step = work.apply(client);
                counts.add(threads.submit(() -> count(step, start + ROUND.toNanos())));
            }
            long all = 0;
            for (Future<Long> count : counts) {
                all += count.get();
            }
            return all * 1e9 / (System.nanoTime() - start);
        }
    }

    private static long count(Step step, long end) throws Exception {
        long count = 0;
        while (System.nanoTime() < end) {
            step.run();
            count++;
        }
        return count;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
