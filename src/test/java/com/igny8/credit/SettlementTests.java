package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A hold that many want to settle in one commit, where nothing of it is written yet. */
class SettlementTests {
    private final Product product = Product.running();

    @Test
    void howeverOftenItIsNamedAHoldIsSettledOnce() {
        Customer customer = product.signUp();
        Ledger ledger = product.bean(Ledger.class);
        UUID hold = customer.inside(() -> ledger.hold(10, "t", "t", Duration.ofHours(1))).id();
        Change.Maker maker = customer.inside(Change.Maker::current);
        List<Change> changes =
                List.of(
                        new Change.Capture(maker, hold, 4L, null, "one"),
                        new Change.Capture(maker, hold, 4L, null, "one"),
                        new Change.Capture(maker, hold, 5L, null, "one"),
                        new Change.Capture(maker, hold, 4L, null, "another"),
                        new Change.Release(maker, hold, false, "one"),
                        new Change.Release(maker, hold, false, "another"));

        List<Outcome> outcomes =
                customer.inside(() -> product.bean(CreditDesk.class).post(changes));

        assertThat(outcomes.stream().map(SettlementTests::told))
                .containsExactly(
                        "1996",
                        "1996",
                        "idempotency_key_reused",
                        "hold_settled",
                        "idempotency_key_reused",
                        "hold_settled");
        assertThat(customer.balance()).isEqualTo(new Balance(1996, 0));
    }

    private static String told(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> String.valueOf(done.available());
            case Outcome.Refused refused -> refused.problem().code();
        };
    }
}
