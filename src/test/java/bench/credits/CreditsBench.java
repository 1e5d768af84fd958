package bench.credits;

import bench.Load;

import com.igny8.testing.Median;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How fast the ledger is, over HTTP and beside the bare database, printed; run by {@code
 * bench/credits}. Arguments: rounds, seconds of each measurement, clients.
 */
final class CreditsBench {
    private static final int ACCOUNTS = 1_000;

    /** Which do not count: the first is to be measured as warm as the last, and each alike. */
    private static final int WARM_UP_ROUNDS = 3;

    static final String DEDUCTIONS = "billing/credits/deductions/";
    private static final String HOLDS = "billing/credits/holds/";
    static final String SPENDING = "{\"amount\":1,\"operation\":\"bench\",\"reference\":\"bench\"}";

    private final int rounds;
    private final int seconds;
    private final int clients;
    private final Server server;
    private final int port;

    /** One for each account, new in every round: they are valid for a quarter of an hour. */
    private List<String> tokens = List.of();

    private CreditsBench(Server server, int rounds, int seconds, int clients) {
        this.server = server;
        this.port = server.port();
        this.rounds = rounds;
        this.seconds = seconds;
        this.clients = clients;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Server server = new Server()) {
            new CreditsBench(
                            server,
                            Integer.parseInt(arguments[0]),
                            Integer.parseInt(arguments[1]),
                            Integer.parseInt(arguments[2]))
                    .run();
        }
    }

    private void run() throws IOException, InterruptedException {
        Database database = server.database();
        System.out.printf(
                "%d processors, %d clients, %d rounds of %d s each; one PostgreSQL, the product's own:%n",
                Runtime.getRuntime().availableProcessors(), clients, rounds, seconds);
        database.printSettings();
        server.fill(1, ACCOUNTS);
        database.sql().sql("VACUUM ANALYZE").update();
        Load load = new Load(port, clients);

        List<Measure> measures =
                List.of(
                        new Measure(
                                "no-op endpoint, random accounts",
                                () -> load("bench/noop/", tokens, load)),
                        new Measure(
                                "no-op endpoint, one account",
                                () -> load("bench/noop/", one(), load)),
                        new Measure(
                                "deductions, 1,000 random accounts",
                                () -> load(DEDUCTIONS, tokens, load)),
                        new Measure(
                                "deductions, one hot account", () -> load(DEDUCTIONS, one(), load)),
                        new Measure(
                                "hold + capture, random accounts",
                                () -> holds(() -> new HoldAndCapture(tokens, () -> ""), load)),
                        new Measure(
                                "batch of 1,000, random accounts (deductions)",
                                () -> batch(tokens)),
                        new Measure("batch of 1,000, one account (deductions)", () -> batch(one())),
                        new Measure(
                                "pgbench, random, balance and entry",
                                () -> bare(database.pgbenchLean(ACCOUNTS, clients, seconds))),
                        new Measure(
                                "pgbench, random, all that we write",
                                () -> bare(database.pgbenchSame(ACCOUNTS, clients, seconds))),
                        new Measure(
                                "pgbench, one row, balance and entry",
                                () -> bare(database.pgbenchLean(1, clients, seconds))),
                        new Measure(
                                "pgbench, one row, all that we write",
                                () -> bare(database.pgbenchSame(1, clients, seconds))),
                        new Measure(
                                "four round trips in Java, random",
                                () -> bare(database.naive(ACCOUNTS, clients, seconds))),
                        new Measure(
                                "four round trips in Java, one row",
                                () -> bare(database.naive(1, clients, seconds))),
                        new Measure(
                                "hold + capture under a key of its own",
                                () -> holds(() -> new HoldAndCapture(tokens, Load::key), load)));
        List<List<Load.Result>> results =
                measures.stream()
                        .map(m -> (List<Load.Result>) new ArrayList<Load.Result>())
                        .toList();
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            tokens = server.tokens(IntStream.rangeClosed(1, ACCOUNTS));
            for (int place = 0; place < measures.size(); place++) {
                // There and back, so that none always bears what another has left to be vacuumed
                int i = round % 2 == 0 ? place : measures.size() - 1 - place;
                Load.Result result = measures.get(i).once().run();
                if (round >= 0) {
                    results.get(i).add(result);
                }
                System.err.printf(
                        "round %d: %s %,.0f/s%n",
                        round + 1, measures.get(i).name(), result.perSecond());
            }
        }
        double[] rates = new double[measures.size()];
        for (int i = 0; i < measures.size(); i++) {
            List<Load.Result> all = results.get(i);
            rates[i] = Median.of(all.stream().mapToDouble(Load.Result::perSecond).toArray());
            System.out.printf(
                    "%-46s %,10.0f /s   p50 %6.1f ms  p99 %6.1f ms  failed %d   (%s)%n",
                    measures.get(i).name(),
                    rates[i],
                    Median.of(all.stream().mapToDouble(Load.Result::p50Millis).toArray()),
                    Median.of(all.stream().mapToDouble(Load.Result::p99Millis).toArray()),
                    all.stream().mapToLong(Load.Result::failures).sum(),
                    String.join(
                            " ", all.stream().map(r -> "%.0f".formatted(r.perSecond())).toList()));
        }
        ratio("deductions random / no-op", rates[2] / rates[0], 0.8);
        ratio("deductions hot / no-op", rates[3] / rates[1], 0.8);
        ratio("deductions random / pgbench, balance and entry", rates[2] / rates[7], 0.6);
        ratio("deductions random / pgbench, all that we write", rates[2] / rates[8], 0.6);
        ratio("deductions hot / pgbench hot, balance and entry", rates[3] / rates[9], 3);
        ratio("deductions hot / pgbench hot, all that we write", rates[3] / rates[10], 3);
        ratio("hold + capture / deductions", rates[4] / rates[2], 0.5);
        ratio("hold + capture under a key / deductions", rates[13] / rates[2], 0.5);
        ratio("batch, thousands a second", rates[5] / 1_000, 50);
        ratio("deductions random / four round trips", rates[2] / rates[11], 1);
        ratio("deductions hot / four round trips", rates[3] / rates[12], 1);
        ratio("deductions random / Django of old (503/s)", rates[2] / 503, 15);
        ratio("deductions hot / Django of old (397/s)", rates[3] / 397, 15);
        // That was on another machine, where pgbench made 15,700 and 3,100 a second
        ratio("the same by pgbench, random", rates[2] / rates[7] / (503 / 15_700.0), 15);
        ratio("the same by pgbench, hot", rates[3] / rates[9] / (397 / 3_100.0), 15);
    }

    private interface Once {
        Load.Result run() throws IOException, InterruptedException;
    }

    private record Measure(String name, Once once) {}

    private List<String> one() {
        return tokens.subList(0, 1);
    }

    static String any(List<String> tokens) {
        return tokens.get(ThreadLocalRandom.current().nextInt(tokens.size()));
    }

    private Load.Result load(String path, List<String> tokens, Load load) throws IOException {
        return load.run(script(path, tokens), 0.5, seconds);
    }

    private static Supplier<Load.Script> script(String path, List<String> tokens) {
        return () -> last -> Load.post(path, any(tokens), Load.key(), SPENDING);
    }

    /** Pairs a second. */
    private Load.Result holds(Supplier<Load.Script> script, Load load) throws IOException {
        Load.Result both = load.run(script, 0.5, seconds);
        return new Load.Result(
                both.perSecond() / 2, both.p50Millis(), both.p99Millis(), both.failures());
    }

    /**
     * Holds under a key, then captures all of it, which takes no body. The capture has no key or
     * one of its own: it needs none, because a hold is captured once.
     */
    private static final class HoldAndCapture implements Load.Script {
        private final List<String> tokens;
        private final Supplier<String> captureKey;
        private String token = "";

        HoldAndCapture(List<String> tokens, Supplier<String> captureKey) {
            this.tokens = tokens;
            this.captureKey = captureKey;
        }

        @Override
        public byte[] next(Supplier<String> lastAnswer) {
            String last = lastAnswer.get();
            int held = last.indexOf("\"status\":\"held\"");
            if (held < 0) {
                token = any(tokens);
                return Load.post(HOLDS, token, Load.key(), SPENDING);
            }
            int id = last.indexOf("\"id\":\"") + 6;
            return Load.post(
                    HOLDS + last.substring(id, id + 36) + "/capture/", token, captureKey.get(), "");
        }
    }

    private Load.Result batch(List<String> tokens) throws IOException {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"amount\":1,\"operation\":\"bench\",\"reference\":\"bench\",")
                    .append("\"idempotency_key\":\"KEY-%04d\"}".formatted(i));
        }
        String body = "{\"items\":[" + items + "]}";
        Supplier<Load.Script> script =
                () ->
                        last ->
                                Load.post(
                                        DEDUCTIONS + "batch/",
                                        any(tokens),
                                        "",
                                        body.replace("KEY", UUID.randomUUID().toString()));
        Load.Result calls = new Load(port, 8).run(script, 0.5, seconds);
        return new Load.Result(
                calls.perSecond() * 1_000, calls.p50Millis(), calls.p99Millis(), calls.failures());
    }

    private static Load.Result bare(double perSecond) {
        return new Load.Result(perSecond, 0, 0, 0);
    }

    private static void ratio(String what, double value, double asked) {
        System.out.printf("%-52s %7.2f   asked for %5.1f%n", what, value, asked);
    }
}
