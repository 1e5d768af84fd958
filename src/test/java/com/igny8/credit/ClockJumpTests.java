package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Problem;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The system's clock is set, forward or back, while credits are used: nothing is lost or double.
 */
class ClockJumpTests {
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration HALF = Duration.ofMinutes(30);
    private static final Duration AN_HOUR_BACK = AN_HOUR.negated();

    private final Product product = Product.running();
    private final Customer customer = product.emptyAccount().withCredits(100);
    private final Ledger ledger = product.bean(Ledger.class);
    private final CreditDesk desk = product.bean(CreditDesk.class);

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    @Test
    void creditsThatRanOutByAClockThatWasFastStayGoneAndTheOthersAreThere() throws Exception {
        grantUntil(HALF);

        product.clock().later(AN_HOUR, this::letPass);

        assertThat(customer.balance()).isEqualTo(new Balance(100, 0));
        letPass();
        customer.inside(() -> ledger.deduct(100, "t", "t", "t"));
        assertThat(customer.balance()).isEqualTo(new Balance(0, 0));
    }

    @Test
    void whatWasGrantedByAClockThatWasSlowRunsOutWhenItSaysSo() throws Exception {
        product.clock().later(AN_HOUR_BACK, () -> grantUntil(HALF));

        assertThat(customer.balance()).isEqualTo(new Balance(150, 0));
        assertThat(
                        customer.inside(() -> desk.post(deduction("late")))
                                .entryOrThrow()
                                .balanceAfter())
                .as("nobody uses what has run out, settled or not")
                .isEqualTo(90);
    }

    /** Guard: what was on hold as its credits ended stopped the clock where it was. */
    @Test
    void aTestClockPassesTheEndOfCreditsThatAreOnHold() {
        Customer tested = product.signUp("free");
        Operator operator = Operator.of(product);
        operator.act(tested, "test-clock", "").expect(200);
        operator.act(tested, "test-clock/advance", Map.of("days", 27)).expect(200);
        tested.inside(() -> ledger.hold(300, "t", "t", Duration.ofDays(7)));

        operator.act(tested, "test-clock/advance", Map.of("days", 5)).expect(200);

        assertThat(tested.balance()).isEqualTo(new Balance(1000, 300));
    }

    @Test
    void aHoldIsSettledOnceWhateverTheClockSays() throws Exception {
        Hold hold = customer.inside(() -> ledger.hold(40, "t", "t", HALF));

        product.clock().later(AN_HOUR, this::letPass);

        assertThat(customer.balance()).isEqualTo(new Balance(100, 0));
        assertThatThrownBy(() -> customer.inside(() -> ledger.capture(hold.id(), 40, "t")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refused -> assertThat(refused.code()).isEqualTo("hold_settled"));
    }

    @Test
    void aHoldMadeByAClockThatWasFastCanBeCapturedAndIsNotLetGoOfEarly() throws Exception {
        Hold[] hold = new Hold[1];
        product.clock()
                .later(
                        AN_HOUR,
                        () -> hold[0] = customer.inside(() -> ledger.hold(40, "t", "t", HALF)));
        letPass();
        assertThat(customer.balance()).isEqualTo(new Balance(100, 40));

        product.clock()
                .later(
                        AN_HOUR_BACK,
                        () -> customer.inside(() -> ledger.capture(hold[0].id(), 40, "t")));

        assertThat(customer.balance()).isEqualTo(new Balance(60, 0));
    }

    @Test
    void aKeyIsKnownOnBothSidesOfAJump() throws Exception {
        product.clock().later(AN_HOUR, () -> customer.inside(() -> desk.post(deduction("fast"))));
        product.clock()
                .later(AN_HOUR_BACK, () -> customer.inside(() -> desk.post(deduction("slow"))));

        for (Duration jump : List.of(AN_HOUR_BACK, Duration.ZERO, AN_HOUR, Duration.ofDays(34))) {
            product.clock()
                    .later(
                            jump,
                            () -> {
                                customer.inside(() -> desk.post(deduction("fast")));
                                customer.inside(() -> desk.post(deduction("slow")));
                            });
        }
        assertThat(customer.balance()).isEqualTo(new Balance(80, 0));
    }

    @Test
    void entriesKeepTheirOrderAcrossMonthsThatComeBackAndOnesThatNobodyMade() throws Exception {
        Duration toNextMonth =
                Duration.between(
                        product.clock().instant(),
                        LocalDate.now(product.clock())
                                .plusMonths(1)
                                .withDayOfMonth(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .plusMinutes(30)
                                .toInstant());
        for (Duration jump :
                List.of(
                        toNextMonth,
                        toNextMonth.minus(AN_HOUR),
                        Duration.ofDays(400),
                        Duration.ofDays(-400),
                        Duration.ZERO)) {
            product.clock()
                    .later(
                            jump,
                            () ->
                                    customer.inside(
                                            () -> desk.post(deduction(UUID.randomUUID() + ""))));
        }

        List<Entry> statement =
                customer.inside(() -> product.bean(Statements.class).entries(null, 10));
        assertThat(statement).extracting(Entry::id).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(statement)
                .extracting(Entry::balanceAfter)
                .containsExactly(50L, 60L, 70L, 80L, 90L, 100L);
    }

    private void grantUntil(Duration end) {
        NewGrant grant =
                new NewGrant(
                        Entry.Type.GRANT,
                        50,
                        "t",
                        0,
                        product.clock().instant().plus(end),
                        "For a while");
        customer.inside(() -> ledger.grant(grant));
    }

    /** As the product does now and then. */
    private void letPass() {
        product.bean(HoldExpiry.class).release(Instant.EPOCH, product.clock().instant());
        product.bean(GrantExpiry.class).end(product.clock().instant());
    }

    private static Change.Deduction deduction(String key) {
        return new Change.Deduction(
                Change.Maker.current(), new Change.Purpose("t", "t", "t", null), 10, key);
    }
}
