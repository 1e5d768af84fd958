package com.igny8.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

class AccessChangesTests {
    private final Product product = Product.running();
    private final AccessChanges changes = product.bean(AccessChanges.class);

    private static Optional<Remembered.Fact<String>> fact(String value, UUID restsOn) {
        return Optional.of(new Remembered.Fact<>(value, Instant.MAX, Set.of(restsOn)));
    }

    @Test
    void whatWasLookedUpOnceIsRememberedUntilItsGroundChanges() {
        Remembered<String, String> memory = changes.memory(10);
        UUID ground = UUID.randomUUID();
        AtomicInteger lookUps = new AtomicInteger();

        for (int round = 0; round < 5; round++) {
            memory.get("who", () -> fact("answer " + lookUps.incrementAndGet(), ground));
        }
        assertThat(lookUps).hasValue(1);

        memory.forget(ground);
        assertThat(memory.get("who", () -> fact("another", ground))).contains("another");
    }

    @Test
    void whatIsNotThereIsNotRemembered() {
        Remembered<String, String> memory = changes.memory(10);

        assertThat(memory.get("who", Optional::empty)).isEmpty();
        assertThat(memory.get("who", () -> fact("here now", UUID.randomUUID())))
                .contains("here now");
    }

    @Test
    void whatChangesWhileItIsLookedUpIsNotRemembered() {
        Remembered<String, String> memory = changes.memory(10);
        UUID ground = UUID.randomUUID();

        memory.get(
                "who",
                () -> {
                    Optional<Remembered.Fact<String>> old = fact("old", ground);
                    memory.forget(ground);
                    return old;
                });

        assertThat(memory.get("who", () -> fact("new", ground))).contains("new");
    }

    /** Guard: a listener that dies of it would leave us with what we remember, for ever. */
    @Test
    void whatIsNoIdMayMeanEverythingAndLeavesUsHearing() {
        Remembered<String, String> memory = changes.memory(10);
        UUID ground = UUID.randomUUID();
        memory.get("who", () -> fact("old", ground));

        JdbcClient.create(product.superuser()).sql("NOTIFY igny8_access, 'no id'").update();

        await().until(
                        () ->
                                memory.get("who", () -> fact("new", ground))
                                        .equals(Optional.of("new")));
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT count(*) FROM pg_stat_activity
                                         WHERE application_name = 'igny8-access-changes'
                                        """)
                                .query(Long.class)
                                .single())
                .isPositive();
    }

    /** Guard: the driver keeps all that it read, until the connection is used again. */
    @Test
    void aConnectionThatLiesInThePoolKeepsNothingOfWhatItIsTold() throws SQLException {
        var database = product.bean(DatabaseConfiguration.Database.class);
        var driver =
                new DriverManagerDataSource(
                        database.url(), "igny8_platform", database.platformPassword());
        try (Connection idle = new HearingConnections(driver, changes).getConnection();
                Statement statement = idle.createStatement()) {
            statement.execute(AccessChanges.LISTEN);
            JdbcClient.create(product.superuser())
                    .sql(
                            "SELECT pg_notify('igny8_access', n::text) FROM generate_series(1, 1000) AS n")
                    .query()
                    .listOfRows();

            assertThat(idle.isValid(1)).isTrue();

            assertThat(idle.unwrap(PGConnection.class).getNotifications()).isNullOrEmpty();
        }
    }

    @Test
    void aMemoryKeepsToItsSize() {
        Remembered<Integer, String> memory = changes.memory(3);
        UUID ground = UUID.randomUUID();
        for (int key = 0; key < 10; key++) {
            memory.get(key, () -> fact("old", ground));
        }

        int remembered = 0;
        for (int key = 0; key < 10; key++) {
            if (memory.get(key, Optional::empty).isPresent()) {
                remembered++;
            }
        }

        assertThat(remembered).isBetween(1, 3);
    }

    @Test
    void aSuspensionHoldsForTheVeryNextRequestOnThisNodeAndForTheOthersAMomentLater()
            throws InterruptedException {
        try (Product other = product.node("--igny8.throttle.enabled=false")) {
            Customer customer = product.signUp();
            customer.api().get("auth/sites/").expect(200);
            other.api().as(customer.access()).get("auth/sites/").expect(200);

            product.bean(PlatformTransactions.class)
                    .run(
                            jdbc ->
                                    jdbc.sql("UPDATE account SET status = 'suspended' WHERE id = ?")
                                            .param(customer.accountId())
                                            .update());

            customer.api().get("auth/sites/").expect(403);
            Instant patience = Instant.now().plusSeconds(5);
            while (other.api().as(customer.access()).get("auth/sites/").status() != 403) {
                assertThat(Instant.now()).isBefore(patience);
                Thread.sleep(5);
            }
        }
    }

    @Test
    void nothingIsRememberedWhileTheDatabaseIsNotHeard() {
        try (Product node = product.node("--igny8.throttle.enabled=false")) {
            AccessChanges deaf = node.bean(AccessChanges.class);
            Remembered<String, String> memory = deaf.memory(10);
            memory.get("who", () -> fact("old", UUID.randomUUID()));

            product.sql()
                    .sql(
                            """
                            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                             WHERE application_name = 'igny8-access-changes'
                            """)
                    .query()
                    .listOfRows();
            while (deaf.isHeard()) {
                Thread.onSpinWait();
            }

            assertThat(memory.get("who", () -> fact("new", UUID.randomUUID()))).contains("new");
            while (!deaf.isHeard()) {
                Thread.onSpinWait();
            }
        }
    }

    /** Guard: of all that changes, a connection that only reads would keep every word. */
    @Test
    void connectionsThatOnlyReadDoNotKeepWhatTheyAreTold() throws Exception {
        Customer customer = product.signUp();
        String changed = UUID.randomUUID().toString();
        var pool = new SingleConnectionDataSource(product.superuser().getConnection(), true);
        JdbcClient.create(pool).sql(AccessChanges.LISTEN).update();
        JdbcClient.create(product.superuser())
                .sql("SELECT pg_notify('igny8_access', ?)")
                .param(changed)
                .query()
                .singleRow();

        JdbcClient reader = JdbcClient.create(new BoundReads(pool, changes));
        customer.inside(() -> reader.sql("SELECT 1").query(Integer.class).single());

        PGNotification[] kept = pool.getConnection().unwrap(PGConnection.class).getNotifications();
        pool.destroy();
        assertThat(kept).extracting(PGNotification::getParameter).doesNotContain(changed);
    }
}
