package com.igny8.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.StripeStandIn;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class PaymentPagesTests {
    private static final Pattern ON =
            Pattern.compile("http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"");

    private final Product product = Product.running();

    @Test
    void theOwnerPaysAndTheOperatorSeesItAndSendsItBack() {
        Payer payer = Payer.signUp(PaymentType.STRIPE);
        PageClient owner = PageClient.signedIn(product, payer.customer().email());
        PageClient operator = PageClient.signedIn(product, Operator.of(product).email());
        UUID invoice = payer.owes(13_900);
        assertThat(owner.get("/account/payments").expect(200).body())
                .contains(
                        "We do not know yet how you want to pay", "No payments yet", "Add a card");

        Matcher on =
                ON.matcher(
                        owner.send(
                                        "/account/payments/checkout",
                                        Map.of(
                                                "invoice",
                                                invoice.toString(),
                                                "payment_method",
                                                "stripe"))
                                .expect(200)
                                .body());
        assertThat(on.find()).isTrue();
        URI back = Product.stripe().customerPays(URI.create(on.group(1)), StripeStandIn.GOOD_CARD);
        owner.get(back.getPath() + "?" + back.getQuery()).expect(303);

        assertThat(owner.get("/account/payments").expect(200).body())
                .contains("Visa ending in 4242", "$139.00", "Paid", "08/2031");
        assertThat(
                        owner.sendAndFollow(
                                        "/account/payments/checkout",
                                        Map.of(
                                                "invoice",
                                                invoice.toString(),
                                                "payment_method",
                                                "stripe"))
                                .body())
                .contains("This invoice is paid, not open");
        Payment payment = payer.payment(invoice);
        assertThat(
                        operator.get("/console/payments?search=" + payment.reference())
                                .expect(200)
                                .body())
                .contains("$139.00", "Succeeded", String.valueOf(payment.reference()));
        operator.get("/console/payments/" + payment.id() + "/refund").expect(200);
        operator.sendAndFollow(
                "/console/payments/" + payment.id() + "/refund",
                Map.of("amount", "39.00", "reason", "A test", "key", UUID.randomUUID().toString()));
        assertThat(owner.get("/account/payments").expect(200).body())
                .contains("$39.00 went back to you");
        await().until(
                        () ->
                                operator.get(
                                                "/console/provider-events?search="
                                                        + payment.accountId())
                                        .expect(200)
                                        .body()
                                        .contains("refund.created"));
    }

    @Test
    void whatTheOperatorTurnsOffIsNotOffered() {
        Payer payer = Payer.signUp(PaymentType.PAYPAL);
        PageClient operator = PageClient.signedIn(product, Operator.of(product).email());
        operator.get("/console/payment-options").expect(200);

        try {
            operator.sendAndFollow("/console/payment-options/paypal", Map.of("on", "false"));

            payer.customer()
                    .api()
                    .post(
                            "billing/invoices/" + payer.owes(100) + "/checkout/",
                            Map.of("payment_method", "paypal"))
                    .expectRefusal(409, "payment_method_off");
        } finally {
            operator.sendAndFollow("/console/payment-options/paypal", Map.of("on", "true"));
        }
    }
}
