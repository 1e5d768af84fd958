package com.igny8.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.invoice.Invoice;
import com.igny8.kernel.Money;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.testing.Product;
import com.igny8.testing.StandIn;
import com.igny8.testing.StripeStandIn;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** What is true of both providers. */
class ProviderTests {
    private final Product product = Product.running();

    private static StandIn standIn(PaymentType type) {
        return switch (type) {
            case STRIPE -> Product.stripe();
            case PAYPAL -> Product.payPal();
            case BANK_TRANSFER -> throw new IllegalStateException();
        };
    }

    @AfterEach
    void asItWas() {
        for (PaymentType type : List.of(PaymentType.STRIPE, PaymentType.PAYPAL)) {
            standIn(type).sends(StandIn.Sending.AT_ONCE);
            standIn(type).failsNext(0, 500);
            standIn(type).losesAnswers(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STRIPE", "PAYPAL"})
    void whoPaysOnThePageOwesNothingAndIsChargedNextTime(PaymentType type) {
        Payer payer = Payer.signUp(type);
        UUID first = payer.owes(13_900);
        URI page = payer.page(first);

        assertThat(payer.page(first)).as("asked again").isEqualTo(page);
        payer.agreesOn(page);
        payer.awaitPaid(first);
        UUID second = payer.owes(2_000);

        assertThat(payer.charged(second, "renewal")).isInstanceOf(Outcome.Succeeded.class);
        assertThat(payer.charged(second, "renewal")).isInstanceOf(Outcome.Succeeded.class);
        assertThat(payer.invoice(second).status()).isEqualTo(Invoice.Status.PAID);
        assertThat(payer.customer().api().get("billing/payments/").expect(200).results())
                .hasSize(2);
        assertThat(
                        payer.customer()
                                .api()
                                .get("billing/payment-methods/")
                                .expect(200)
                                .results()
                                .path(0)
                                .path("is_charged")
                                .asBoolean())
                .isTrue();
    }
}
