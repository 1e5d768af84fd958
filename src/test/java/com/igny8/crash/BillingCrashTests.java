package com.igny8.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.billing.DueRenewals;
import com.igny8.billing.DueRenewals.PaidBy;
import com.igny8.billing.RenewingProduct;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;
import com.igny8.testing.StripeStandIn;
import com.igny8.testing.TestRoles;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Two processes that bill the same customers at once, and one of them is killed. */
class BillingCrashTests {
    /** Of each way to pay, in a round. */
    private static final int CUSTOMERS = 100;

    /** Of the 64 it claims at once, when it is killed: it has begun, and is not about to end. */
    private static final String HALF_DONE =
            """
            SELECT count(*) BETWEEN 16 AND 56 FROM subscription
             WHERE claimed_by = 'second' AND next_due_at <= now()
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory = Product.freshDirectory();

    @Test
    void nothingIsBilledTwiceAndNothingMissed() throws Exception {
        try (StripeStandIn stripe = new StripeStandIn();
                ProductProcess first = start(directory, stripe.settings());
                ProductProcess second = start(Product.freshDirectory(), besides(stripe))) {
            JdbcClient sql = JdbcClient.create(ProductProcess.superuser(directory));
            rememberWhoClaims(sql);
            int customers = 0;
            do {
                for (PaidBy paidBy : PaidBy.values()) {
                    DueRenewals.make(sql, paidBy, CUSTOMERS);
                }
                customers += CUSTOMERS;
            } while (!isCaughtAtIt(sql));

            second.kill();

            await().atMost(PATIENCE).until(() -> dueOfOthers(sql) == 0);
            assertThat(due(sql)).as("what it was at when it was killed").isPositive();
            letTheClaimsRunOut(sql);
            await().atMost(PATIENCE).until(() -> due(sql) == 0);
            requireAllBilledOnce(sql, customers);
            requireChargedOnce(sql, stripe, customers);
            assertThat(LedgerInvariants.violations(ProductProcess.superuser(directory))).isEmpty();
            first.stop();
        }
    }

    private static ProductProcess start(Path directory, List<String> arguments) throws IOException {
        return ProductProcess.start(
                        RenewingProduct.class, directory, arguments.toArray(String[]::new))
                .awaitLine(RenewingProduct.READY);
    }

    /** Another node over the database of the first. */
    private List<String> besides(StripeStandIn stripe) throws IOException {
        List<String> arguments = new ArrayList<>(stripe.settings());
        arguments.add(
                "--igny8.database.url="
                        + ProductProcess.url(directory)
                        + "?options=-c%20igny8.node=second");
        arguments.add("--igny8.database.migrator-user=igny8_migrator");
        arguments.add(
                "--igny8.database.migrator-password=" + TestRoles.migratorPassword(directory));
        arguments.add(
                "--igny8.master-key="
                        + Files.readString(directory.resolve("keys/master.key")).strip());
        return arguments;
    }

    private static void rememberWhoClaims(JdbcClient sql) {
        sql.sql("ALTER TABLE subscription ADD COLUMN claimed_by text").update();
        sql.sql(
                        """
                        CREATE FUNCTION remember_who_claims() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            NEW.claimed_by := current_setting('igny8.node', true);
                            RETURN NEW;
                        END $$
                        """)
                .update();
        sql.sql(
                        """
                        CREATE TRIGGER remember_who_claims
                            BEFORE UPDATE OF claimed_until ON subscription
                            FOR EACH ROW EXECUTE FUNCTION remember_who_claims()
                        """)
                .update();
    }

    /** False when all is billed before the second node was seen half-way. */
    private static boolean isCaughtAtIt(JdbcClient sql) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (due(sql) > 0) {
            if (sql.sql(HALF_DONE).query(Boolean.class).single()) {
                return true;
            }
            assertThat(System.nanoTime()).as("all is billed in time").isLessThan(deadline);
            ProductProcess.pause(1);
        }
        return false;
    }

    private static long due(JdbcClient sql) {
        return sql.sql("SELECT count(*) FROM subscription WHERE next_due_at <= now()")
                .query(Long.class)
                .single();
    }

    /** What the killed one has not claimed. */
    private static long dueOfOthers(JdbcClient sql) {
        return sql.sql(
                        """
                        SELECT count(*) FROM subscription
                         WHERE next_due_at <= now() AND claimed_by IS DISTINCT FROM 'second'
                        """)
                .query(Long.class)
                .single();
    }

    /**
     * As they do by themselves within five minutes; then, and not before, somebody else goes on.
     */
    private static void letTheClaimsRunOut(JdbcClient sql) {
        sql.sql("UPDATE subscription SET claimed_until = now() WHERE next_due_at <= now()")
                .update();
    }

    /** Status, invoices, money, credits and letters of each, and of how many they are so. */
    private static void requireAllBilledOnce(JdbcClient sql, int customers) {
        assertThat(
                        sql.sql(
                                        """
                                        SELECT books || ': ' || count(*)
                                          FROM (SELECT concat_ws(', ', name, subscription.status,
                                                       (SELECT string_agg(status, ' ') FROM invoice
                                                         WHERE account_id = account.id),
                                                       (SELECT sum(amount_minor) FROM payment
                                                         WHERE account_id = account.id),
                                                       (SELECT balance FROM credit_balance
                                                         WHERE account_id = account.id),
                                                       (SELECT string_agg(template, ' '
                                                                   ORDER BY template)
                                                          FROM mail
                                                         WHERE recipient = contact_email)) AS books
                                                  FROM account
                                                  JOIN subscription ON account_id = account.id
                                                 WHERE slug LIKE 'due-%') AS one
                                         GROUP BY books
                                        """)
                                .query(String.class)
                                .list())
                .containsExactlyInAnyOrder(
                        "balance, active, paid, 8900, 1000, invoice_paid: " + customers,
                        "card, active, paid, 8900, 1000, invoice_issued invoice_paid: " + customers,
                        "nothing, past_due, open, 0, invoice_issued: " + customers);
        assertThat(
                        sql.sql(
                                        """
                                        SELECT count(*) = max(last)
                                               AND max(number) LIKE '%-' || lpad(max(last)::text, 6, '0')
                                          FROM invoice CROSS JOIN document_number
                                         WHERE series = 'IGN'
                                        """)
                                .query(Boolean.class)
                                .single())
                .as("numbers without a gap")
                .isTrue();
    }

    private static void requireChargedOnce(JdbcClient sql, StripeStandIn stripe, int customers) {
        assertThat(sql.sql("SELECT id FROM account WHERE name = 'card'").query(UUID.class).list())
                .hasSize(customers)
                .allSatisfy(
                        account ->
                                assertThat(stripe.takenFor(account))
                                        .isEqualTo(DueRenewals.PRICE_MINOR));
    }
}
