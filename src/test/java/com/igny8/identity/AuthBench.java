package com.igny8.identity;

import bench.Crowd;

import com.igny8.account.Gate;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.TenantTransactions;
import com.igny8.testing.Api;
import com.igny8.testing.Consumption;
import com.igny8.testing.Customer;
import com.igny8.testing.Durability;
import com.igny8.testing.Loopback;
import com.igny8.testing.Median;
import com.igny8.testing.Product;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * What it costs to know who somebody is: sign-ins a second beside bare hashes, reads of somebody
 * who is signed in beside those of nobody, and the parts of it. Closed loop on loopback, one client
 * count, one run; medians. The clients have the same processors, and are not counted.
 */
final class AuthBench {
    private static final int CLIENTS = 64;
    private static final int ROUNDS = 5;

    /** Until the compiler has seen enough of it: half a minute of each. */
    private static final int WARM_UP_ROUNDS = 10;

    /**
     * Of sign-ins without their hashes: with them so few are made in a second that the compiler
     * would take an hour to see enough of all the rest.
     */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final Duration ROUND = Duration.ofSeconds(3);

    /** Of sign-ins and hashes: there are few, and some are answered together. */
    private static final Duration LONG_ROUND = Duration.ofSeconds(12);

    /** Of each measurement, not counted: until all clients are under way. */
    private static final double START_SECONDS = 0.5;

    private static final int STEPS = 1_000;
    private static final String UNLIMITED = "1000000000";

    private final Product product;
    private final Consumption consumption;
    private final List<Customer> people = new ArrayList<>();
    private final Crowd crowd;

    private AuthBench(Product product, Crowd crowd) {
        this.product = product;
        this.consumption = new Consumption(product);
        this.crowd = crowd;
        for (int i = 0; i < CLIENTS; i++) {
            people.add(product.signUp());
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (Product product =
                        Product.start(
                                Product.freshDirectory(),
                                "--igny8.throttle.enabled=true",
                                "--igny8.throttle.read=" + UNLIMITED,
                                "--igny8.throttle.auth=" + UNLIMITED);
                Crowd crowd = new Crowd(product.port(), CLIENTS)) {
            new AuthBench(product, crowd).run(Set.of(arguments));
        }
        System.exit(0);
    }

    /** Something that is done again and again by one client. */
    private interface Step {
        void run() throws Exception;
    }

    /**
     * @param what {@code reads}, {@code sign-ins} and {@code parts}; all of them where nothing
     */
    private void run(Set<String> what) throws Exception {
        settings();
        if (what.isEmpty() || what.contains("reads")) {
            reads();
        }
        if (what.isEmpty() || what.contains("sign-ins")) {
            signIns(); // After reads: a server that just started would be measured compiling
        }
        if (what.isEmpty() || what.contains("parts")) {
            parts();
        }
    }

    private void settings() {
        Durability.print(product);
        System.out.printf(
                "clients = %d, %d rounds of %d s each after %d to warm up%n%n",
                CLIENTS, ROUNDS, ROUND.toSeconds(), WARM_UP_ROUNDS);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private void signIns() throws Exception {
        List<byte[]> requests = people.stream().map(AuthBench::signIn).toList();
        RememberedPasswords passwords = product.bean(RememberedPasswords.class);
        String hash = passwords.hash(Customer.PASSWORD);
        passwords.trust(true);
        lap(WARM_UP, requests);
        passwords.trust(false);
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            lap(ROUND, requests);
        }
        Pace bare = new Pace();
        Pace whole = new Pace();
        for (int round = 0; round < ROUNDS; round++) {
            bare.add(hashes(passwords, hash));
            whole.add(lap(LONG_ROUND, requests));
        }
        bare.print("Argon2id hashes checked");
        whole.print("sign-ins over HTTP", bare, 0.9);
    }

    private static byte[] signIn(Customer person) {
        return Loopback.post(
                "/api/v1/auth/login/",
                Api.JSON.writeValueAsString(
                        Map.of("email", person.email(), "password", Customer.PASSWORD)));
    }

    private void reads() throws Exception {
        Requests somebody =
                Requests.of(people, person -> Map.of("Authorization", "Bearer " + person.access()));
        Requests browser =
                Requests.of(people, person -> Map.of("Cookie", "igny8_session=" + cookie(person)));
        compare(
                "/.well-known/jwks.json",
                somebody,
                List.of(
                        "/.well-known/jwks.json", // What it costs to be somebody, and no more
                        "/api/v1/auth/me/",
                        "/api/v1/billing/credits/balance/",
                        "/api/v1/auth/sites/"));
        compare("/login", browser, List.of("/sites", "/account/credits"));
    }

    /** The headers of each client, who is somebody of their own. */
    private record Requests(List<Map<String, String>> headers) {
        static Requests of(List<Customer> people, Function<Customer, Map<String, String>> header) {
            return new Requests(people.stream().map(header).toList());
        }

        List<byte[]> get(String path) {
            return headers.stream().map(each -> Loopback.get(path, each)).toList();
        }
    }

    private String cookie(Customer person) {
        User user = product.bean(Users.class).get(person.userId());
        return product.bean(WebSessions.class)
                .start(user, person.accountId(), "bench", "127.0.0.1");
    }

    private void compare(String open, Requests somebody, List<String> guarded) throws Exception {
        Pace nobody = new Pace();
        List<Pace> paces = guarded.stream().map(path -> new Pace()).toList();
        List<byte[]> ofNobody = List.of(Loopback.get(open, Map.of()));
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            Lap base = lap(ROUND, ofNobody);
            if (round >= 0) {
                nobody.add(base);
            }
            for (int i = 0; i < guarded.size(); i++) {
                Lap lap = lap(ROUND, somebody.get(guarded.get(i)));
                if (round >= 0) {
                    paces.get(i).add(lap);
                }
            }
        }
        nobody.print(open + ", nobody");
        for (int i = 0; i < guarded.size(); i++) {
            paces.get(i).print(guarded.get(i).replace("/api/v1", ""), nobody, 0.7);
        }
        System.out.println();
    }

    /** What a request pays for, one at a time and in turns. */
    private void parts() throws Exception {
        Customer customer = people.getFirst();
        Gate gate = product.bean(Gate.class);
        TenantTransactions tenants = product.bean(TenantTransactions.class);
        PlatformTransactions platform = product.bean(PlatformTransactions.class);
        byte[] request =
                Loopback.get(
                        "/api/v1/auth/me/", Map.of("Authorization", "Bearer " + customer.access()));
        try (Product open = product.node("--igny8.throttle.enabled=false");
                Loopback throttled = new Loopback(product.port());
                Loopback free = new Loopback(open.port())) {
            double[] micros =
                    customer.inside(
                            () ->
                                    micros(
                                            () ->
                                                    gate.ask(
                                                            customer.userId(),
                                                            customer.accountId(),
                                                            Caller.Via.TOKEN),
                                            () ->
                                                    platform.read(
                                                            jdbc ->
                                                                    jdbc.sql("SELECT 1")
                                                                            .query(Integer.class)
                                                                            .single()),
                                            () ->
                                                    tenants.read(
                                                            sql ->
                                                                    sql.statement("SELECT 1")
                                                                            .query(Integer.class)
                                                                            .single()),
                                            () -> send(throttled, request),
                                            () -> send(free, request)));
            System.out.printf("gate                          %8.1f µs%n", micros[0]);
            System.out.printf(
                    "row level security            %8.1f µs (a transaction with SELECT 1: %.1f µs, bound: %.1f µs)%n",
                    micros[2] - micros[1], micros[1], micros[2]);
            System.out.printf(
                    "throttle                      %8.1f µs (a request: %.1f µs, without: %.1f µs)%n",
                    micros[3] - micros[4], micros[3], micros[4]);
        }
    }

    private static void send(Loopback connection, byte[] request) throws IOException {
        int status = connection.send(request);
        if (status != 200) {
            throw new AssertionError("Answered " + status);
        }
    }

    /** How long each takes, in the middle of the rounds. */
    private static double[] micros(Step... steps) throws Exception {
        double[][] took = new double[steps.length][ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < steps.length; i++) {
                long start = System.nanoTime();
                for (int time = 0; time < STEPS; time++) {
                    steps[i].run();
                }
                if (round >= 0) {
                    took[i][round] = (System.nanoTime() - start) / 1e3 / STEPS;
                }
            }
        }
        return Arrays.stream(took).mapToDouble(Median::of).toArray();
    }

    /** How often all clients together got something done in a round, and what each time took. */
    private record Lap(double perSecond, String each) {}

    /** The laps of one thing. */
    private static final class Pace {
        private final List<Lap> laps = new ArrayList<>();

        void add(Lap lap) {
            laps.add(lap);
        }

        /** Of the lap in the middle. */
        private Lap median() {
            return laps.stream()
                    .sorted(Comparator.comparingDouble(Lap::perSecond))
                    .toList()
                    .get(laps.size() / 2);
        }

        void print(String name) {
            Lap lap = median();
            System.out.printf("%n%-33s %,9.1f/s   %s", name, lap.perSecond(), lap.each());
        }

        void print(String name, Pace base, double goal) {
            print(name);
            double ratio = median().perSecond() / base.median().perSecond();
            System.out.printf("   ratio %.2f (goal: %.1f)", ratio, goal);
        }
    }

    /** All clients, each as fast as it is answered; each sends a request of its own. */
    private Lap lap(Duration round, List<byte[]> requests) throws IOException {
        Consumption.Time before = consumption.time();
        Crowd.Report report = crowd.send(requests, START_SECONDS, (double) round.toSeconds());
        if (report.failures() > 0) {
            throw new AssertionError(report.failures() + " were refused");
        }
        return new Lap(report.perSecond(), consumption.time().since(before).each(report.sent()));
    }

    /** As many at once as there are processors. */
    private Lap hashes(RememberedPasswords passwords, String hash) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(processors())) {
            Consumption.Time before = consumption.time();
            List<Future<Long>> counts = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < processors(); i++) {
                counts.add(
                        threads.submit(() -> count(passwords, hash, start + LONG_ROUND.toNanos())));
            }
            long all = 0;
            for (Future<Long> count : counts) {
                all += count.get();
            }
            double perSecond = all * 1e9 / (System.nanoTime() - start);
            return new Lap(perSecond, consumption.time().since(before).each(all));
        }
    }

    private static long count(RememberedPasswords passwords, String hash, long end) {
        long count = 0;
        while (System.nanoTime() < end) {
            if (!passwords.matches(Customer.PASSWORD, hash)) {
                throw new AssertionError("The password is right");
            }
            count++;
        }
        return count;
    }
}
