package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Problem;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class LedgerTests {
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Product product = Product.running();
    private final Ledger ledger = product.bean(Ledger.class);

    @AfterEach
    void theInvariantsHold() {
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    /** What became of one of many things done at once: what it gave, or why it was refused. */
    private record Outcome(Optional<Object> answer, Optional<Problem> refusal) {}

    /** Does all of it on the customer's account, everything at the same moment. */
    private static List<Outcome> atOnce(Customer customer, List<Callable<Object>> work)
            throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> running = new ArrayList<>();
            for (Callable<Object> one : work) {
                running.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    try {
                                        return new Outcome(
                                                Optional.of(customer.inside(one::call)),
                                                Optional.empty());
                                    } catch (Problem refusal) {
                                        return new Outcome(Optional.empty(), Optional.of(refusal));
                                    }
                                }));
            }
            start.countDown();
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : running) {
                outcomes.add(one.get());
            }
            return outcomes;
        }
    }

    private static List<Callable<Object>> times(int number, Callable<Object> work) {
        return IntStream.range(0, number).mapToObj(i -> work).toList();
    }

    @Test
    void exactlyAsManyAreServedAsThereIsCredit() throws Exception {
        Customer customer = product.signUp("free");
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 0));

        List<Outcome> outcomes =
                atOnce(customer, times(200, () -> ledger.deduct(10, "test", "test", "One of 200")));

        assertThat(outcomes).filteredOn(one -> one.answer().isPresent()).hasSize(100);
        assertThat(outcomes)
                .filteredOn(one -> one.refusal().isPresent())
                .hasSize(100)
                .allSatisfy(
                        one -> {
                            Problem refusal = one.refusal().orElseThrow();
                            assertThat(refusal.status()).isEqualTo(402);
                            assertThat(refusal.code()).isEqualTo("insufficient_credits");
                            assertThat(refusal.details())
                                    .containsEntry("required", 10L)
                                    .containsEntry("available", 0L);
                        });
        assertThat(customer.balance()).isEqualTo(new Balance(0, 0));
        List<Entry> entries =
                customer.inside(
                        () ->
                                product.bean(Statements.class)
                                        .entries(Statements.Filter.NONE, null, 500));
        assertThat(entries).hasSize(101);
        assertThat(entries.getFirst().balanceAfter()).isZero();
    }

    @Test
    void holdsCountAsMuchAsDeductions() throws Exception {
        Customer customer = product.signUp("free");
        List<Callable<Object>> work = new ArrayList<>();
        work.addAll(times(100, () -> ledger.deduct(10, "test", "test", "One of 200")));
        work.addAll(times(100, () -> ledger.hold(10, "test", "test", AN_HOUR)));

        List<Outcome> outcomes = atOnce(customer, work);

        assertThat(outcomes).filteredOn(one -> one.answer().isPresent()).hasSize(100);
        assertThat(customer.balance().available()).isZero();
    }

    @Test
    void everythingAtOnceLosesNothingAndMakesNothing() throws Exception {
        Customer customer = product.signUp("free");
        List<Callable<Object>> work = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 240; i++) {
            long amount = random.nextLong(1, 31);
            long captured = random.nextLong(1, amount + 6);
            work.add(
                    switch (i % 6) {
                        case 0 -> () -> ledger.grant(grant(amount, 10, null));
                        case 1, 2 -> () -> ledger.deduct(amount, "test", "test", "Mixed");
                        case 3, 4 ->
                                () ->
                                        ledger.capture(
                                                ledger.hold(amount, "test", "test", AN_HOUR).id(),
                                                captured,
                                                "Mixed");
                        default ->
                                () -> {
                                    UUID hold = ledger.hold(amount, "test", "test", AN_HOUR).id();
                                    ledger.release(hold);
                                    return hold;
                                };
                    });
        }

        List<Outcome> outcomes = atOnce(customer, work);

        assertThat(outcomes)
                .filteredOn(one -> one.refusal().isPresent())
                .allSatisfy(
                        one ->
                                assertThat(one.refusal().orElseThrow().code())
                                        .isEqualTo("insufficient_credits"));
        long expected =
                1000
                        + outcomes.stream()
                                .flatMap(one -> one.answer().stream())
                                .filter(Entry.class::isInstance)
                                .mapToLong(entry -> ((Entry) entry).amount())
                                .sum();
        assertThat(customer.balance().balance()).isEqualTo(expected);
    }

    @Test
    void aHoldIsSettledOnceHoweverManyTry() throws Exception {
        Customer customer = product.signUp("free");
        UUID hold = customer.inside(() -> ledger.hold(100, "test", "test", AN_HOUR)).id();
        List<Callable<Object>> work = new ArrayList<>();
        work.addAll(times(10, () -> ledger.capture(hold, 60, "Captured")));
        work.addAll(
                times(
                        10,
                        () -> {
                            ledger.release(hold);
                            return "released";
                        }));

        List<Outcome> outcomes = atOnce(customer, work);

        List<Outcome> served = outcomes.stream().filter(one -> one.answer().isPresent()).toList();
        assertThat(served)
                .as("captured once, or released by all who would")
                .satisfiesAnyOf(
                        all -> assertThat(all).hasSize(1),
                        all ->
                                assertThat(all)
                                        .extracting(one -> one.answer().orElseThrow())
                                        .containsOnly("released"));
        assertThat(outcomes)
                .filteredOn(one -> one.refusal().isPresent())
                .allSatisfy(
                        one ->
                                assertThat(one.refusal().orElseThrow().code())
                                        .isEqualTo("hold_settled"));
        boolean wasCaptured = served.getFirst().answer().orElseThrow() instanceof Entry;
        assertThat(customer.balance()).isEqualTo(new Balance(wasCaptured ? 940 : 1000, 0));
    }

    @Test
    void whatIsNotCapturedIsAvailableAgain() {
        Customer customer = product.signUp("free");
        Hold hold = customer.inside(() -> ledger.hold(100, "clustering", "job:1", AN_HOUR));
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 100));

        Entry entry = customer.inside(() -> ledger.capture(hold.id(), 30, "Thirty"));

        assertThat(entry.amount()).isEqualTo(-30);
        assertThat(entry.balanceAfter()).isEqualTo(970);
        assertThat(customer.balance()).isEqualTo(new Balance(970, 0));
    }

    @Test
    void moreThanWasHeldIsCapturedAsFarAsItIsAvailable() {
        Customer customer = product.signUp("free");
        Hold first = customer.inside(() -> ledger.hold(900, "test", "test", AN_HOUR));
        Hold second = customer.inside(() -> ledger.hold(50, "test", "test", AN_HOUR));

        assertRefused(() -> customer.inside(() -> ledger.capture(second.id(), 101, "Much")), 402)
                .containsEntry("required", 101L);
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 950));

        customer.inside(() -> ledger.capture(second.id(), 100, "Just enough"));
        assertThat(customer.balance()).isEqualTo(new Balance(900, 900));
        customer.inside(() -> ledger.capture(first.id(), 900, "All the rest"));
        assertThat(customer.balance()).isEqualTo(new Balance(0, 0));
    }

    /** Guard: work would be done first and refused afterwards. */
    @Test
    void whetherMoreCanBeCapturedIsKnownBeforehand() {
        Customer customer = product.signUp("free");
        customer.inside(() -> product.bean(Budgets.class).set(customer.userId(), null, 200L));
        Hold hold = customer.inside(() -> ledger.hold(50, "test", "test", AN_HOUR));

        requireCapturable(customer, hold, 200);
        assertRefused(() -> requireCapturable(customer, hold, 201), 403)
                .containsEntry("required", 151L);
        assertRefused(() -> requireCapturable(customer, hold, 1001), 402)
                .containsEntry("available", 1000L);
        assertThat(customer.balance()).as("nothing was done").isEqualTo(new Balance(1000, 50));

        customer.inside(() -> ledger.capture(hold.id(), 200, "All that the budget has"));
        assertRefused(() -> requireCapturable(customer, hold, 200), 409);
    }

    private void requireCapturable(Customer customer, Hold hold, long amount) {
        customer.inside(
                () -> {
                    ledger.requireCapturable(hold.id(), amount);
                    return true;
                });
    }

    @Test
    void whatCannotBeHeldIsRefusedWithWhatIsMissing() {
        Customer customer = product.signUp("free");
        customer.inside(() -> ledger.hold(900, "test", "test", AN_HOUR));

        assertRefused(() -> customer.inside(() -> ledger.hold(101, "test", "test", AN_HOUR)), 402)
                .containsEntry("required", 101L)
                .containsEntry("available", 100L);
        assertThat(product.count("credit_hold", customer.accountId())).isOne();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void nothingAndLessThanNothingIsRefused(long amount) {
        Customer customer = product.signUp("free");
        UUID hold = customer.inside(() -> ledger.hold(10, "test", "test", AN_HOUR)).id();

        assertRefused(() -> customer.inside(() -> ledger.deduct(amount, "t", "t", "t")), 400);
        assertRefused(() -> customer.inside(() -> ledger.hold(amount, "t", "t", AN_HOUR)), 400);
        assertRefused(() -> customer.inside(() -> ledger.capture(hold, amount, "t")), 400);
        assertThat(customer.balance()).isEqualTo(new Balance(1000, 10));
    }

    @Test
    void theLargestNumberIsTooMuchToo() {
        Customer customer = product.signUp("free");
        UUID hold = customer.inside(() -> ledger.hold(10, "test", "test", AN_HOUR)).id();
        long most = Long.MAX_VALUE;

        assertRefused(() -> customer.inside(() -> ledger.deduct(most, "t", "t", "t")), 402);
        assertRefused(() -> customer.inside(() -> ledger.hold(most, "t", "t", AN_HOUR)), 402);
        assertRefused(() -> customer.inside(() -> ledger.capture(hold, most, "t")), 402);
    }

    @Test
    void aHoldOfAnotherAccountDoesNotExist() {
        Customer ada = product.signUp();
        Customer bob = product.signUp();
        UUID adas = ada.inside(() -> ledger.hold(10, "test", "test", AN_HOUR)).id();

        assertRefused(() -> bob.inside(() -> ledger.capture(adas, 10, "Not mine")), 404);
        assertRefused(
                () ->
                        bob.inside(
                                () -> {
                                    ledger.release(adas);
                                    return 1;
                                }),
                404);
        assertThat(ada.balance()).isEqualTo(new Balance(2000, 10));
        assertThat(bob.balance()).isEqualTo(new Balance(2000, 0));
    }

    @Test
    void holdsThatRunOutAreReleasedAndOnlyThose() throws Exception {
        Customer ada = product.signUp();
        Customer bob = product.signUp();
        Hold shortAda = ada.inside(() -> ledger.hold(10, "t", "t", Duration.ofMinutes(20)));
        ada.inside(() -> ledger.hold(20, "t", "t", Duration.ofHours(9)));
        bob.inside(() -> ledger.hold(30, "t", "t", Duration.ofMinutes(20)));
        bob.inside(() -> ledger.hold(40, "t", "t", Duration.ofMinutes(20)));

        product.clock()
                .later(
                        Duration.ofMinutes(21),
                        () -> {
                            release();
                            release();
                        });

        assertThat(ada.balance()).isEqualTo(new Balance(2000, 20));
        assertThat(bob.balance()).isEqualTo(new Balance(2000, 0));
        assertRefused(() -> ada.inside(() -> ledger.capture(shortAda.id(), 10, "Too late")), 409);
    }

    @Test
    void aHoldThatRunsOutWhileItIsCapturedGoesOneWayOnly() throws Exception {
        Customer customer = product.signUp();
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UUID hold = customer.inside(() -> ledger.hold(10, "t", "t", Duration.ZERO)).id();
            work.add(() -> ledger.capture(hold, 10, "Just in time"));
            work.add(
                    () -> {
                        release();
                        return Optional.empty();
                    });
        }

        List<Outcome> outcomes = atOnce(customer, work);
        release();

        long captured =
                outcomes.stream()
                        .flatMap(one -> one.answer().stream())
                        .filter(Entry.class::isInstance)
                        .count();
        assertThat(customer.balance()).isEqualTo(new Balance(2000 - 10 * captured, 0));
    }

    /** Guard: one batch in a quarter of a minute, and a crash leaves more behind than that. */
    @Test
    void howeverManyHoldsRanOutTheyAreLetGoOfAtOnce() {
        Customer customer = product.signUp();
        int many = 1_200;
        product.sql()
                .sql("UPDATE credit_balance SET held = ? WHERE account_id = ?")
                .params(many, customer.accountId())
                .update();
        product.sql()
                .sql(
                        """
                        INSERT INTO credit_hold (account_id, amount, reference, created_at, expires_at)
                        SELECT ?, 1, 'test', now() - interval '2 hours', now() - interval '1 hour'
                          FROM generate_series(1, ?)
                        """)
                .params(customer.accountId(), many)
                .update();

        release();

        assertThat(customer.balance()).isEqualTo(new Balance(2000, 0));
    }

    /** Guard: what is written by one statement does not see what else it writes. */
    @Test
    void aHoldCanBeMadeAndSettledInOneCommit() {
        Customer customer = product.signUp();
        Hold earlier = customer.inside(() -> ledger.hold(10, "t", "t", Duration.ofHours(1)));
        Change.Purpose purpose = new Change.Purpose("t", "t", "t", null);
        Change.Maker maker = customer.inside(Change.Maker::current);
        UUID made = HoldId.under(customer.accountId(), "hold");
        List<Change> changes =
                List.of(
                        new Change.Release(maker, earlier.id(), false, "release"),
                        new Change.Reservation(maker, purpose, 20, Duration.ofHours(1), "hold"),
                        new Change.Capture(maker, made, 15L, null, "capture"));
        CreditDesk desk = product.bean(CreditDesk.class);

        for (int time = 0; time < 2; time++) {
            assertThat(customer.inside(() -> desk.post(changes)))
                    .extracting(outcome -> outcome.orThrow().available())
                    .containsExactly(2000L, 1980L, 1985L);
        }
        assertThat(customer.balance()).isEqualTo(new Balance(1985, 0));
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT (settled_at IS NOT NULL) || ' ' || captured FROM credit_hold
                                         WHERE account_id = ? ORDER BY amount
                                        """)
                                .param(customer.accountId())
                                .query(String.class)
                                .list())
                .containsExactly("true 0", "true 15");
    }

    /** Guard: a look goes no further back than the last, and what it has to see came after that. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PT1M", // Of a transaction that took its time to commit
                "PT24H" // Of a node whose clock is right again
            })
    void aLookFindsWhatRanOutBeforeTheLastOneThatCouldNotSeeIt(Duration lastLookAfterwards)
            throws Exception {
        Customer customer = product.signUp();
        Hold hold = customer.inside(() -> ledger.hold(10, "t", "t", Duration.ofMinutes(20)));

        product.clock()
                .later(
                        Duration.ofMinutes(21),
                        () -> release(hold.expiresAt().plus(lastLookAfterwards)));

        assertThat(customer.balance()).isEqualTo(new Balance(2000, 0));
    }

    @Test
    void whatEndsSoonerIsTakenFirstWithinAPriority() {
        Customer customer = product.signUp("free").withCredits(0);
        UUID account = customer.accountId();
        Instant now = Instant.now();
        customer.inside(() -> ledger.grant(grant(10, 20, null)));
        customer.inside(() -> ledger.grant(grant(10, 10, null)));
        customer.inside(() -> ledger.grant(grant(10, 10, now.plus(Duration.ofDays(9)))));
        customer.inside(() -> ledger.grant(grant(10, 10, now.plus(Duration.ofDays(2)))));
        customer.inside(() -> ledger.grant(grant(10, 5, null)));

        assertThat(remaining(account)).containsExactly(10L, 10L, 10L, 10L, 10L);
        customer.inside(() -> ledger.deduct(12, "t", "t", "t"));
        assertThat(remaining(account)).containsExactly(10L, 10L, 10L, 8L, 0L);
        customer.inside(() -> ledger.deduct(10, "t", "t", "t"));
        assertThat(remaining(account)).containsExactly(10L, 10L, 8L, 0L, 0L);
        customer.inside(() -> ledger.deduct(20, "t", "t", "t"));
        assertThat(remaining(account)).containsExactly(8L, 0L, 0L, 0L, 0L);
    }

    private void release() {
        release(Instant.EPOCH);
    }

    private void release(Instant upTo) {
        product.bean(HoldExpiry.class).release(upTo, product.clock().instant());
    }

    /** What is left of the grants made in a test, in the order in which they were made. */
    private List<Long> remaining(UUID account) {
        return product.sql()
                .sql(
                        """
                        SELECT remaining FROM credit_grant
                         WHERE account_id = ? AND source = 'test' ORDER BY entry_id
                        """)
                .param(account)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private static NewGrant grant(
            long amount, int priority, @org.jspecify.annotations.Nullable Instant expiresAt) {
        return new NewGrant(Entry.Type.GRANT, amount, "test", priority, expiresAt, "For a test");
    }

    private static org.assertj.core.api.MapAssert<String, Object> assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable work, int status) {
        Problem refusal = (Problem) assertThatThrownBy(work).isInstanceOf(Problem.class).actual();
        assertThat(refusal.status()).isEqualTo(status);
        return assertThat(refusal.details());
    }
}
