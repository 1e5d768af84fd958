package bench.credits;

import bench.Load;

import com.igny8.testing.Median;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Whether the ledger is as fast with a million accounts and twenty million entries as with a
 * thousand and none; run by {@code bench/credits-growth}. Arguments: rounds, seconds of each
 * measurement, clients, accounts, entries of each account. Both times the same number of accounts
 * is at work, later spread over all of them; and each time beside the endpoint that does nothing,
 * because the machine changes its mind, too.
 */
final class GrowthBench {
    private static final int AT_WORK = 1_000;
    private static final int STEP = 50_000;
    private static final double WARM_UP_SECONDS = 10;
    private static final String STATEMENT = "billing/credits/transactions/";

    private final Server server;
    private final int rounds;
    private final int seconds;
    private final Load load;

    private GrowthBench(Server server, int rounds, int seconds, int clients) {
        this.server = server;
        this.rounds = rounds;
        this.seconds = seconds;
        this.load = new Load(server.port(), clients);
    }

    public static void main(String[] arguments) throws IOException {
        List<Integer> numbers =
                IntStream.range(0, 5).mapToObj(i -> Integer.valueOf(arguments[i])).toList();
        try (Server server = new Server()) {
            new GrowthBench(server, numbers.get(0), numbers.get(1), numbers.get(2))
                    .run(numbers.get(3), numbers.get(4));
        }
    }

    /** How it went, medians. */
    private record Pace(double noop, double deductions, double statements, double statementP99) {}

    private void run(int accounts, int entries) throws IOException {
        server.database().printSettings();
        server.fill(1, AT_WORK);
        Pace small = measured(IntStream.rangeClosed(1, AT_WORK));
        grow(accounts, entries);
        Pace large = measured(IntStream.rangeClosed(1, AT_WORK).map(n -> n * (accounts / AT_WORK)));
        System.out.printf("no-op %,.0f/s -> %,.0f/s%n", small.noop(), large.noop());
        ratio("deductions a second", small.deductions(), large.deductions(), "at least 0.8");
        ratio(
                "deductions beside the no-op endpoint",
                small.deductions() / small.noop(),
                large.deductions() / large.noop(),
                "at least 0.8");
        ratio("statement page, p99 ms", small.statementP99(), large.statementP99(), "about 1");
        String broken = server.database().firstBreak();
        System.out.println(
                broken == null ? "The ledger adds up" : "The ledger is broken: " + broken);
    }

    private void grow(int accounts, int entries) {
        long start = System.nanoTime();
        for (int from = 1; from <= accounts; from += STEP) {
            int to = Math.min(accounts, from + STEP - 1);
            server.fill(Math.max(from, AT_WORK + 1), to);
            server.database().deduct(from, to, entries);
            System.err.printf("%,d accounts%n", to);
        }
        server.database().sql().sql("VACUUM ANALYZE").update();
        server.database().sql().sql("CHECKPOINT").update();
        System.out.printf(
                "%,d accounts and %,d entries after %,d s%n",
                server.database().count("credit_balance"),
                server.database().count("credit_entry"),
                (System.nanoTime() - start) / 1_000_000_000);
    }

    private Pace measured(IntStream accounts) throws IOException {
        server.database().sql().sql("VACUUM ANALYZE").update();
        List<String> tokens = server.tokens(accounts);
        List<Supplier<Load.Script>> work =
                List.of(
                        deducting("bench/noop/", tokens),
                        deducting(CreditsBench.DEDUCTIONS, tokens),
                        () -> last -> Load.get(STATEMENT, CreditsBench.any(tokens)));
        for (Supplier<Load.Script> scripts : work) {
            load.run(scripts, 0, WARM_UP_SECONDS);
        }
        List<List<Load.Result>> results = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Load.Result> one = new ArrayList<>();
            for (Supplier<Load.Script> scripts : work) {
                one.add(load.run(scripts, 0.5, seconds));
            }
            results.add(one);
        }
        return new Pace(
                rate(results, 0),
                rate(results, 1),
                rate(results, 2),
                Median.of(results.stream().mapToDouble(one -> one.get(2).p99Millis()).toArray()));
    }

    private static Supplier<Load.Script> deducting(String path, List<String> tokens) {
        return () ->
                last ->
                        Load.post(
                                path, CreditsBench.any(tokens), Load.key(), CreditsBench.SPENDING);
    }

    private static double rate(List<List<Load.Result>> results, int which) {
        return Median.of(results.stream().mapToDouble(one -> one.get(which).perSecond()).toArray());
    }

    private static void ratio(String what, double small, double large, String asked) {
        System.out.printf(
                "%-38s %,10.2f -> %,10.2f   ratio %.2f (goal: %s)%n",
                what, small, large, large / small, asked);
    }
}
