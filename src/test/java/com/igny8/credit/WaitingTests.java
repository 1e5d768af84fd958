package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Somebody has begun to change an account's credits and does not end: nobody waits for them but who
 * would change the same account's.
 */
@Timeout(60)
class WaitingTests {
    private static final String DEDUCTIONS = "billing/credits/deductions/";
    private static final String LOCKED_BALANCE =
            "SELECT FROM credit_balance WHERE account_id = ? FOR UPDATE";

    private final Product product = Product.running();
    private final Customer stalled = product.signUp("free");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void theLedgerAddsUp() {
        threads.close();
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    @Test
    void readersDoNotWaitForWriters() throws Exception {
        try (Connection writer = begun(LOCKED_BALANCE)) {
            run(
                    writer,
                    "UPDATE credit_balance SET balance = 1, last_entry_id = 9 WHERE account_id = ?");
            run(writer, "UPDATE credit_grant SET remaining = 1 WHERE account_id = ?");

            Reply balance = stalled.api().get("billing/credits/balance/").expect(200);
            assertThat(balance.data().path("balance").asLong()).isEqualTo(1000);
            assertThat(stalled.api().get("billing/credits/transactions/").expect(200).results())
                    .hasSize(1);
            stalled.api().get("billing/credits/transactions/export/").expect(200);
            stalled.api().get("billing/credits/usage/").expect(200);
            writer.rollback();
        }
    }

    @Test
    void writersDoNotWaitForReaders() throws Exception {
        try (Connection reader = begun("SELECT * FROM credit_balance WHERE account_id = ?")) {
            run(reader, "SELECT * FROM credit_entry WHERE account_id = ?");
            run(reader, "SELECT * FROM credit_grant WHERE account_id = ?");

            stalled.api().post(DEDUCTIONS, spending(10)).expect(201);
            stalled.inside(() -> product.bean(Ledger.class).deduct(10, "t", "t", "t"));
            assertThat(stalled.balance()).isEqualTo(new Balance(980, 0));
            reader.rollback();
        }
    }

    @Test
    void accountsDoNotWaitForEachOther() throws Exception {
        // Enough that some of them share a lane, and a batch, with the one that is stalled
        List<Customer> others = others();
        Future<Reply> waiting;
        Future<Reply> another;
        try (Connection holder = begun(LOCKED_BALANCE)) {
            waiting = threads.submit(() -> stalled.api().post(DEDUCTIONS, spending(10)));
            product.awaitSomebodyWhoWaits();
            another = threads.submit(() -> stalled.api().post(DEDUCTIONS, spending(20)));

            everybodyDeducts(others);

            assertThat(List.of(waiting, another)).noneMatch(Future::isDone);
            holder.rollback();
        }

        waiting.get().expect(201);
        another.get().expect(201);
        assertThat(stalled.balance()).isEqualTo(new Balance(970, 0));
    }

    @Test
    void accountsDoNotWaitForTheBudgetOfAnother() throws Exception {
        stalled.api()
                .post(
                        "billing/credits/budgets/",
                        Map.of("user", stalled.userId(), "monthly_limit", 100))
                .expect(201);
        List<Customer> others = others();
        Future<Reply> waiting;
        try (Connection holder =
                begun("SELECT FROM credit_budget WHERE account_id = ? FOR UPDATE")) {
            waiting = threads.submit(() -> stalled.api().post(DEDUCTIONS, spending(10)));
            product.awaitSomebodyWhoWaits();

            everybodyDeducts(others);

            assertThat(waiting.isDone()).isFalse();
            holder.rollback();
        }
        waiting.get().expect(201);
    }

    private List<Customer> others() {
        return IntStream.range(0, 10)
                .mapToObj(i -> product.emptyAccount().withCredits(100))
                .toList();
    }

    private void everybodyDeducts(List<Customer> customers) throws Exception {
        CreditDesk desk = product.bean(CreditDesk.class);
        for (int round = 0; round < 3; round++) {
            for (Future<?> one :
                    customers.stream()
                            .map(
                                    customer ->
                                            threads.submit(
                                                    () ->
                                                            customer.inside(
                                                                    () -> desk.post(deduction()))))
                            .toList()) {
                one.get();
            }
        }
        assertThat(customers)
                .allSatisfy(one -> assertThat(one.balance()).isEqualTo(new Balance(85, 0)));
    }

    @Test
    void deadlinesOfOthersDoNotWaitEither() throws Exception {
        Customer other = product.emptyAccount().withCredits(100);
        heldForAMinute(List.of(stalled, other));
        try (Connection holder = begun(LOCKED_BALANCE)) {
            product.clock()
                    .later(
                            Duration.ofMinutes(2),
                            () -> assertThat(release().upTo()).isEqualTo(Instant.EPOCH));

            assertThat(other.balance()).isEqualTo(new Balance(100, 0));
            assertThat(stalled.balance().held()).isEqualTo(50);
            holder.rollback();
        }
        product.clock().later(Duration.ofMinutes(2), () -> assertAllReleased(release()));

        assertThat(stalled.balance().held()).isZero();
    }

    @Test
    void deadlinesDoNotWaitForTheBudgetOfAnother() throws Exception {
        Customer other = product.emptyAccount().withCredits(100);
        stalled.inside(() -> product.bean(Budgets.class).set(stalled.userId(), null, 100L));
        heldForAMinute(List.of(stalled, other));
        try (Connection holder =
                begun("SELECT FROM credit_budget WHERE account_id = ? FOR UPDATE")) {
            product.clock().later(Duration.ofMinutes(2), this::release);

            assertThat(other.balance()).isEqualTo(new Balance(100, 0));
            assertThat(stalled.balance().held()).isEqualTo(50);
            holder.rollback();
        }
        product.clock().later(Duration.ofMinutes(2), () -> assertAllReleased(release()));
    }

    /** Guard: where one account is damaged, nobody would have their credits back. */
    @Test
    void deadlinesOfOthersPassThoughOneFails() throws Exception {
        Customer other = product.emptyAccount().withCredits(100);
        heldForAMinute(List.of(stalled, other));
        try {
            held(stalled, 0);
            product.clock().later(Duration.ofMinutes(2), this::release);
        } finally {
            held(stalled, 50);
        }

        assertThat(other.balance()).isEqualTo(new Balance(100, 0));
        assertThat(stalled.balance().held()).isEqualTo(50);
        product.clock().later(Duration.ofMinutes(2), () -> assertAllReleased(release()));
    }

    private void held(Customer customer, long credits) {
        product.sql()
                .sql("UPDATE credit_balance SET held = ? WHERE account_id = ?")
                .params(credits, customer.accountId())
                .update();
    }

    private void heldForAMinute(List<Customer> customers) {
        Ledger ledger = product.bean(Ledger.class);
        for (Customer one : customers) {
            one.inside(() -> ledger.hold(50, "t", "t", Duration.ofMinutes(1)));
        }
    }

    /** Guard: an account that is hardly ever free would keep its holds for ever. */
    @Test
    void whoeverWaitsInLineForABusyAccountHasTheirTurn() throws Exception {
        heldForAMinute(List.of(stalled));
        AtomicBoolean isBusy = new AtomicBoolean(true);
        List<? extends Future<?>> others =
                IntStream.range(0, 3).mapToObj(i -> threads.submit(() -> occupy(isBusy))).toList();
        product.awaitSomebodyWhoWaits();

        for (int tries = 0; tries < 3 && stalled.balance().held() > 0; tries++) {
            product.clock().later(Duration.ofMinutes(2), this::release);
        }

        isBusy.set(false);
        assertThat(stalled.balance().held()).isZero();
        for (Future<?> other : others) {
            other.get();
        }
    }

    /** One transaction after the other, each a few milliseconds. */
    private boolean occupy(AtomicBoolean isBusy) throws SQLException {
        try (Connection connection = product.superuser().getConnection()) {
            connection.setAutoCommit(false);
            while (isBusy.get()) {
                run(connection, LOCKED_BALANCE);
                connection.createStatement().execute("SELECT pg_sleep(0.005)");
                connection.rollback();
            }
        }
        return true;
    }

    /** The next look may begin where this one ended. */
    private void assertAllReleased(HoldExpiry.Released released) {
        assertThat(released.upTo()).isAfter(Instant.now());
    }

    private HoldExpiry.Released release() {
        return product.bean(HoldExpiry.class).release(Instant.EPOCH, product.clock().instant());
    }

    /** A transaction that is open, with a statement about the stalled account done in it. */
    private Connection begun(String statement) throws SQLException {
        Connection connection = product.superuser().getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        run(connection, statement);
        return connection;
    }

    private void run(Connection connection, String statement) throws SQLException {
        try (var prepared = connection.prepareStatement(statement)) {
            prepared.setObject(1, stalled.accountId());
            prepared.execute();
        }
    }

    private static Change.Deduction deduction() {
        return new Change.Deduction(
                Change.Maker.current(),
                new Change.Purpose("t", "t", "t", null),
                5,
                UUID.randomUUID().toString());
    }

    private static Map<String, Object> spending(long amount) {
        return Map.of("amount", amount, "operation", "test", "reference", "test");
    }
}
