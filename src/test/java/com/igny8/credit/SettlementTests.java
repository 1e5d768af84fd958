package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Problem;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A hold is settled once, whoever asks again; who does so in the same way is answered as before.
 */
class SettlementTests {
    private final Product product = Product.running();
    private final Customer customer = product.signUp();
    private final Change.Maker maker = customer.inside(Change.Maker::current);

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    @Test
    void howeverOftenItIsNamedAHoldIsSettledOnce() {
        UUID hold = hold();
        List<Change> changes =
                List.of(
                        new Change.Capture(maker, hold, 4L, null, "one"),
                        new Change.Capture(maker, hold, 4L, null, "one"),
                        new Change.Capture(maker, hold, 5L, null, "one"),
                        new Change.Capture(maker, hold, 5L, null, "another"),
                        new Change.Capture(maker, hold, 4L, null, "another"),
                        new Change.Capture(maker, hold, 4L, null, null),
                        new Change.Capture(maker, hold, null, null, null),
                        new Change.Release(maker, hold, false, "one"),
                        new Change.Release(maker, hold, false, "another"),
                        new Change.Release(maker, hold, false, null));

        assertThat(told(changes))
                .containsExactly(
                        "1996",
                        "1996",
                        "idempotency_key_reused",
                        "hold_settled",
                        "1996",
                        "1996",
                        "hold_settled",
                        "idempotency_key_reused",
                        "hold_settled",
                        "hold_settled");
        assertThat(customer.balance()).isEqualTo(new Balance(1996, 0));
    }

    @Test
    void whatWasReleasedIsReleasedAgainAndNotCaptured() {
        UUID hold = hold();
        var purpose = new Change.Purpose("t", "t", "t", null);
        List<Change> changes =
                List.of(
                        new Change.Release(maker, hold, false, "one"),
                        new Change.Deduction(maker, purpose, 7, "two"),
                        new Change.Release(maker, hold, false, "one"),
                        new Change.Release(maker, hold, false, null),
                        new Change.Capture(maker, hold, 4L, null, "one"),
                        new Change.Capture(maker, hold, null, null, null));

        assertThat(told(changes))
                .containsExactly("2000", "1993", "2000", "2000", "hold_settled", "hold_settled");
        assertThat(customer.balance()).isEqualTo(new Balance(1993, 0));
    }

    @Test
    void whoMayNotKnowTheHoldIsNotAnsweredByIt() {
        UUID hold = hold();
        var keyOfASite =
                new Change.Maker(customer.accountId(), maker.userId(), true, UUID.randomUUID());

        assertThat(told(List.of(new Change.Capture(maker, hold, 4L, null, null))))
                .containsExactly("1996");
        assertThat(
                        told(
                                List.of(
                                        new Change.Capture(keyOfASite, hold, 4L, null, null),
                                        new Change.Capture(keyOfASite, hold, 4L, null, "one"),
                                        new Change.Release(keyOfASite, hold, false, null))))
                .containsExactly("not_found", "not_found", "not_found");
    }

    /** Guard: what the product keeps along with a capture must not be kept twice. */
    @Test
    void theProductItselfCapturesOnce() {
        UUID hold = hold();
        Ledger ledger = product.bean(Ledger.class);
        customer.inside(() -> ledger.capture(hold, 4, "t"));

        assertThatThrownBy(() -> customer.inside(() -> ledger.capture(hold, 4, "t")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("hold_settled"));
    }

    @Test
    void aDeductionThatNamesTheHoldHasNotCapturedIt() {
        UUID hold = hold();
        var purpose = new Change.Purpose("t", "hold:" + hold, "t", null);

        assertThat(told(List.of(new Change.Deduction(maker, purpose, 10, "one"))))
                .containsExactly("1980");
        assertThat(told(List.of(new Change.Capture(maker, hold, null, null, "one"))))
                .containsExactly("idempotency_key_reused");
        assertThat(customer.balance()).isEqualTo(new Balance(1990, 10));
    }

    @Test
    void whoseKeyIsForgottenIsAnsweredByTheHold() throws Exception {
        UUID hold = hold();
        List<Change> capture = List.of(new Change.Capture(maker, hold, 4L, null, "one"));

        assertThat(told(capture)).containsExactly("1996");
        assertThat(told(capture)).containsExactly("1996");
        product.clock()
                .later(
                        Duration.ofDays(36),
                        () -> assertThat(told(capture)).containsExactly("1996"));
        // What is left of the trial has run out meanwhile
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT sum(amount) FROM credit_entry
                                         WHERE account_id = ? AND type = 'deduction'
                                        """)
                                .param(customer.accountId())
                                .query(Long.class)
                                .single())
                .isEqualTo(-4);
    }

    private UUID hold() {
        Ledger ledger = product.bean(Ledger.class);
        return customer.inside(() -> ledger.hold(10, "t", "t", Duration.ofHours(1))).id();
    }

    /** For each what was available then, or why it was refused. */
    private List<String> told(List<Change> changes) {
        return customer.inside(() -> product.bean(CreditDesk.class).post(changes)).stream()
                .map(SettlementTests::told)
                .toList();
    }

    private static String told(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> String.valueOf(done.available());
            case Outcome.Refused refused -> refused.problem().code();
        };
    }
}
