package com.igny8.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.testing.Api;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;

/** Lists of payments are narrowed to what there can be. */
class PaymentListTests {
    private static final String OWN = "billing/payments/";

    private final Payer payer = Payer.signUp(PaymentType.STRIPE);
    private final Api owner = payer.customer().api();
    private final Api operator = Operator.of(Product.running()).api();

    @BeforeEach
    void payOnce() {
        payer.pays(1_000);
    }

    @Test
    void aListIsNarrowedByStatusAndProvider() {
        assertThat(owner.get(OWN).results()).hasSize(1);
        assertThat(owner.get(OWN + "?status=&provider=").results()).hasSize(1);
        assertThat(owner.get(OWN + "?status=succeeded&provider=stripe").results()).hasSize(1);
        assertThat(owner.get(OWN + "?status=failed").results()).isEmpty();
        assertThat(owner.get(OWN + "?status=disputed").results()).isEmpty();
        assertThat(owner.get(OWN + "?provider=balance").results()).isEmpty();
    }

    @Test
    void whatThereCannotBeIsRefusedByName() {
        owner.get(OWN + "?status=moon").expectInvalid("status");
        owner.get(OWN + "?provider=moon").expectInvalid("provider");
        operator.get("console/payments/?status=moon").expectInvalid("status");
        operator.get("console/payments/?provider=moon").expectInvalid("provider");
        operator.get("console/provider-events/?status=moon").expectInvalid("status");
    }

    @Test
    void operatorsNarrowEventsToo() {
        UUID account = payer.customer().accountId();

        await().until(
                        () ->
                                !operator.get(
                                                "console/provider-events/?status=processed&search="
                                                        + account)
                                        .expect(200)
                                        .results()
                                        .isEmpty());
        assertThat(
                        operator.get("console/provider-events/?status=failed&search=" + account)
                                .expect(200)
                                .results())
                .isEmpty();
    }
}
