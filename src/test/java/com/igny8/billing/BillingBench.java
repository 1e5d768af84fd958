package com.igny8.billing;

import com.igny8.testing.Product;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Measures renewals and paid sign-ups as a ratio to the bare SQL they need; see bench/billing. */
final class BillingBench {
    private static final int MEGABYTE = 1 << 20;

    /** What a renewal that a balance pays writes, statement by statement, in one transaction. */
    private static final List<String> RENEWAL =
            List.of(
                    """
                    UPDATE subscription SET current_period_start = current_period_end,
                           current_period_end = current_period_end + interval '1 month',
                           next_due_at = current_period_end + interval '1 month'
                     WHERE account_id = ?
                    """,
                    """
                    UPDATE customer_balance SET balance_minor = balance_minor - 8900
                     WHERE account_id = ?
                    """,
                    """
                    INSERT INTO customer_balance_entry (account_id, currency, amount_minor,
                        balance_after_minor, reason, description, created_at)
                    VALUES (?, 'USD', -8900, 0, 'invoice', 'Paid', now())
                    """,
                    """
                    INSERT INTO payment (account_id, provider, status, amount_minor, currency,
                        created_at, settled_at)
                    VALUES (?, 'balance', 'succeeded', 8900, 'USD', now(), now())
                    """,
                    """
                    UPDATE credit_balance SET balance = balance + 1000,
                           last_entry_id = last_entry_id + 1
                     WHERE account_id = ?
                    """,
                    """
                    INSERT INTO credit_entry (account_id, id, type, amount, balance_after,
                        description, created_at)
                    SELECT account_id, last_entry_id, 'subscription', 1000, balance, 'Bench', now()
                      FROM credit_balance WHERE account_id = ?
                    """,
                    """
                    WITH made AS (
                        INSERT INTO invoice (account_id, status, purpose, currency, subtotal_minor,
                            total_minor, tax_treatment, billing_snapshot, seller_snapshot,
                            created_at)
                        VALUES (?, 'draft', 'subscription_renewal', 'USD', 8900, 8900, 'none',
                            '{}', '{}', now())
                        RETURNING account_id, id)
                    INSERT INTO invoice_line (account_id, invoice_id, position, description,
                        quantity, unit_minor, amount_minor)
                    SELECT account_id, id, 1, 'Bench', 1, 8900, 8900 FROM made
                    """,
                    """
                    UPDATE invoice SET status = 'open', issued_at = now(), due_at = now(),
                           number = 'BEN-2026-' || take_document_number('BEN', 2026)
                     WHERE account_id = ? AND status = 'draft'
                    """);

    /** What a paid sign-up writes statement by statement, in one transaction. */
    private static final List<String> SIGN_UP =
            List.of(
                    """
                    INSERT INTO app_user (id, email, password_hash, first_name, last_name)
                    VALUES (?, 'bench-' || uuidv7() || '@example.com', '{none}', 'Ada', '')
                    """,
                    """
                    INSERT INTO account (id, name, slug, status, contact_email)
                    VALUES (?, 'Bench', 'bench-' || uuidv7(), 'pending_payment', 'a@example.com')
                    """,
                    """
                    INSERT INTO member (account_id, user_id, role)
                    SELECT id, id, 'owner' FROM account WHERE id = ?
                    """,
                    """
                    INSERT INTO subscription (account_id, plan_id, plan_version_id, status,
                        anchor_at, current_period_start, current_period_end, created_at)
                    SELECT ?, plan_id, version.id, 'pending_payment', now(), now(),
                           now() + interval '1 month', now()
                      FROM plan JOIN plan_version version ON version.plan_id = plan.id
                     WHERE slug = 'starter'
                    """,
                    """
                    INSERT INTO payment_method (account_id, type, is_default, created_at)
                    VALUES (?, 'bank_transfer', true, now())
                    """,
                    """
                    INSERT INTO mail (recipient, template, subject, body)
                    SELECT contact_email, 'bench', 'Bench', '' FROM account WHERE id = ?
                    """,
                    RENEWAL.get(6),
                    RENEWAL.get(7));

    private final Product product;
    private final int clients;

    private BillingBench(Product product, int clients) {
        this.product = product;
        this.clients = clients;
    }

    public static void main(String[] arguments) throws Exception {
        int renewals = Integer.parseInt(arguments[0]);
        int signUps = Integer.parseInt(arguments[1]);
        try (Product product =
                Product.start(Product.freshDirectory(), "--igny8.throttle.enabled=false")) {
            BillingBench bench = new BillingBench(product, Integer.parseInt(arguments[2]));
            bench.renewals(renewals);
            bench.signUps(signUps);
        }
    }

    private void renewals(int number) throws Exception {
        int bare = Math.min(number, 5_000);
        prepare(bare, false);
        double bareRate = bareRenewals();
        prepare(number, true);
        AtomicLong most = new AtomicLong();
        AtomicBoolean isOver = new AtomicBoolean();
        Thread memory = Thread.startVirtualThread(() -> watch(most, isOver));
        Instant start = Instant.now();
        long done = product.bean(BillingRun.class).all();
        double rate = done / seconds(start);
        isOver.set(true);
        memory.join();
        System.out.printf(
                "%,d renewals: %.0f/s; bare SQL: %.0f/s; ratio %.2f; at most %d MB of heap%n",
                done, rate, bareRate, rate / bareRate, most.get() / MEGABYTE);
    }

    /** Accounts whose month has just ended, with money for the next. */
    private void prepare(int number, boolean isDue) {
        product.sql()
                .sql(
                        """
                        WITH made AS (
                            INSERT INTO account (name, slug, status, contact_email)
                            SELECT 'Bench', 'bench-' || uuidv7(), 'active', 'bench@example.com'
                              FROM generate_series(1, ?) RETURNING id
                        ), money AS (
                            INSERT INTO customer_balance (account_id, id, balance_minor)
                            SELECT id, 'USD', 8900 FROM made
                        ), credits AS (
                            INSERT INTO credit_balance (account_id) SELECT id FROM made
                        )
                        INSERT INTO subscription (account_id, plan_id, plan_version_id, status,
                            anchor_at, current_period_start, current_period_end, next_due_at,
                            created_at)
                        SELECT made.id, plan.id, version.id, 'active', at, at,
                               at + interval '1 month',
                               CASE WHEN ? THEN at + interval '1 month' END, at
                          FROM made
                          CROSS JOIN (SELECT now() - interval '1 month 1 minute' AS at) AS month
                          JOIN plan ON slug = 'starter'
                          JOIN plan_version version ON version.plan_id = plan.id
                        """)
                .param(number)
                .param(isDue)
                .update();
        product.sql().sql("ANALYZE").update();
    }

    private double bareRenewals() throws ExecutionException, InterruptedException {
        var accounts =
                new ConcurrentLinkedQueue<>(
                        product.sql()
                                .sql(
                                        "SELECT account_id FROM subscription WHERE next_due_at IS"
                                                + " NULL")
                                .query(UUID.class)
                                .list());
        int number = accounts.size();
        Instant start = Instant.now();
        together(
                () -> {
                    try (Connection connection = product.superuser().getConnection()) {
                        connection.setAutoCommit(false);
                        for (UUID account = accounts.poll();
                                account != null;
                                account = accounts.poll()) {
                            write(connection, RENEWAL, account);
                        }
                    }
                    return true;
                });
        return number / seconds(start);
    }

    private static void write(Connection connection, List<String> statements, UUID account)
            throws SQLException {
        for (String statement : statements) {
            try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                prepared.setObject(1, account);
                prepared.execute();
            }
        }
        connection.commit();
    }

    private void signUps(int number) throws ExecutionException, InterruptedException {
        AtomicLong left = new AtomicLong(number);
        Instant start = Instant.now();
        together(
                () -> {
                    while (left.getAndDecrement() > 0) {
                        Map<String, Object> body =
                                new HashMap<>(Product.registration(Product.freshEmail()));
                        body.put("plan_slug", "starter");
                        body.put("payment_method", "bank_transfer");
                        product.api().post("auth/register/", body).expect(201);
                    }
                    return true;
                });
        double rate = number / seconds(start);
        AtomicLong bare = new AtomicLong(number);
        Instant bareStart = Instant.now();
        together(
                () -> {
                    try (Connection connection = product.superuser().getConnection()) {
                        connection.setAutoCommit(false);
                        while (bare.getAndDecrement() > 0) {
                            write(connection, SIGN_UP, UUID.randomUUID());
                        }
                    }
                    return true;
                });
        double bareRate = number / seconds(bareStart);
        System.out.printf(
                "%,d paid sign-ups: %.1f/s (each hashes a password); bare SQL: %.0f/s; ratio"
                        + " %.3f%n",
                number, rate, bareRate, rate / bareRate);
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

    private static void watch(AtomicLong most, AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                Thread.sleep(Duration.ofMillis(500));
                long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
                most.accumulateAndGet(used, Math::max);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static double seconds(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1_000.0;
    }
}
