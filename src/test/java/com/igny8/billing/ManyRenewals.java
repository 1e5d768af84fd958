package com.igny8.billing;

import com.igny8.tenancy.Columns;
import com.igny8.testing.Consumption;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Very many renewals, all due at once, in one run of the product's: how it goes on, what it takes,
 * and whether each was done, and once.
 */
final class ManyRenewals {
    private static final int LINES = 50;
    private static final int SAMPLES = 10;
    private static final Duration WAIT = Duration.ofMillis(200);

    private final Product product;
    private final Consumption consumption;
    private final int number;

    ManyRenewals(Product product, Consumption consumption, int number) {
        this.product = product;
        this.consumption = consumption;
        this.number = number;
    }

    void run() throws ExecutionException, InterruptedException {
        Instant begun = Instant.now();
        DueRenewals.make(product.sql(), DueRenewals.PaidBy.BALANCE, number);
        product.sql().sql("ANALYZE").update();
        System.out.printf("%n%,d renewals in one run; made in %.0f s%n", number, seconds(begun));
        Consumption.Time timeBefore = consumption.time();
        Instant start = Instant.now();
        List<Consumption.Memory> samples = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> run = threads.submit(() -> product.bean(BillingRun.class).all());
            follow(run, start, samples);
            System.out.printf(
                    "%,d done in %.0f s: %,.1f/s, %s%n",
                    run.get(),
                    seconds(start),
                    run.get() / seconds(start),
                    consumption.time().since(timeBefore).each(number));
        }
        System.out.printf(
                "memory at the first tenth: %s%n       at the last tenth:  %s%n",
                samples.getFirst(), samples.getLast());
        check(begun);
    }

    private void follow(Future<Long> run, Instant start, List<Consumption.Memory> samples)
            throws InterruptedException {
        long first = lastNumber();
        long told = 0;
        Instant toldAt = start;
        while (!run.isDone()) {
            Thread.sleep(WAIT);
            long done = lastNumber() - first;
            if (done * SAMPLES >= (long) number * (samples.size() + 1)) {
                System.gc();
                samples.add(consumption.memory());
            }
            if ((done - told) * LINES >= number) {
                System.out.printf(
                        "%,9d done after %5.0f s, %,6.0f/s, %s%n",
                        done,
                        seconds(start),
                        (done - told) / seconds(toldAt),
                        consumption.memory());
                told = done;
                toldAt = Instant.now();
            }
        }
        System.gc();
        samples.add(consumption.memory());
    }

    private static double seconds(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1_000.0;
    }

    /** Cheaper to ask than how many still wait. */
    private long lastNumber() {
        return product.sql()
                .sql("SELECT coalesce(max(last), 0) FROM document_number WHERE series = 'IGN'")
                .query(Long.class)
                .single();
    }

    /** Fails where anything was left out, or done twice. */
    private void check(Instant begun) {
        String books =
                """
                SELECT count(*) || ' accounts: ' || books AS told
                  FROM (SELECT concat_ws(', ', 'subscription ' || subscription.status
                            || CASE WHEN current_period_end > now() THEN ' for another month' END,
                         (SELECT string_agg(purpose || ' ' || status, ' + ') FROM invoice
                           WHERE account_id = account.id),
                         (SELECT string_agg(provider || ' paid ' || amount_minor, ' + ')
                            FROM payment WHERE account_id = account.id),
                         (SELECT 'balance ' || balance_minor FROM customer_balance
                           WHERE account_id = account.id),
                         (SELECT 'credits ' || balance FROM credit_balance
                           WHERE account_id = account.id),
                         (SELECT string_agg(template, ' + ') FROM mail
                           WHERE recipient = contact_email)) AS books
                          FROM account JOIN subscription ON account_id = account.id
                         WHERE account.created_at >= ? AND name = ?) AS one
                 GROUP BY books
                """;
        product.sql().sql("ANALYZE").update();
        List<String> found =
                product.sql()
                        .sql(books)
                        .param(Columns.timestamp(begun))
                        .param(DueRenewals.PaidBy.BALANCE.key())
                        .query((row, number) -> row.getString("told"))
                        .list();
        found.forEach(System.out::println);
        require(
                List.of(
                                number
                                        + " accounts: subscription active for another month,"
                                        + " subscription_renewal paid, balance paid 8900, balance 0,"
                                        + " credits 1000, invoice_paid")
                        .equals(found),
                "each renewed once");
        require(
                product.sql()
                        .sql(
                                """
                                SELECT count(*) = count(DISTINCT number) AND count(*) = max(last)
                                       AND max(number) LIKE
                                           '%-' || lpad(max(last)::text, 6, '0')
                                  FROM invoice CROSS JOIN document_number
                                 WHERE series = 'IGN' AND number LIKE 'IGN-%'
                                """)
                        .query(Boolean.class)
                        .single(),
                "each number once, and none left out");
        require(LedgerInvariants.violations(product.superuser()).isEmpty(), "the ledger adds up");
    }

    private static void require(boolean holds, String what) {
        System.out.printf("%s: %s%n", what, holds ? "yes" : "NO");
        if (!holds) {
            throw new IllegalStateException("Not so: " + what);
        }
    }
}
