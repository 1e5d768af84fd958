package com.igny8.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.invoice.Invoice;
import com.igny8.kernel.Money;
import com.igny8.tenancy.Columns;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.StandIn;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** What is true of both providers. */
class ProviderTests {
    private final Product product = Product.running();
    private final Instant began = Instant.now();

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
        assertThat(payer.charged(second, "again")).isInstanceOf(Outcome.Succeeded.class);
        assertThat(payer.invoice(second).status()).isEqualTo(Invoice.Status.PAID);
        assertThat(payer.books()).hasSize(2);
        assertThat(payer.methods().path(0).path("is_charged").asBoolean()).isTrue();
        payer.customer()
                .api()
                .post(
                        "billing/invoices/" + second + "/checkout/",
                        Map.of("payment_method", type.key()))
                .expectRefusal(409, "invoice_not_open");
    }

    /** The very same story, told in order and told as badly as can be. */
    @ParameterizedTest
    @CsvSource({"STRIPE, 1", "STRIPE, 2", "PAYPAL, 1", "PAYPAL, 2"})
    void howOftenAndInWhichOrderEventsComeMakesNoDifference(PaymentType type, int seed) {
        Payer ordered = Payer.signUp(type);
        story(ordered);
        standIn(type).sends(StandIn.Sending.BEFORE_THE_ANSWER);
        Payer hostile = Payer.signUp(type);
        story(hostile);
        standIn(type).deliverShuffled(new Random(seed));

        await().untilAsserted(() -> assertThat(hostile.books()).isEqualTo(ordered.books()));
        awaitAllDealtWith(type);
        assertThat(hostile.books()).isEqualTo(ordered.books());
        assertThat(ordered.books().toString())
                .contains("succeeded500,succeeded500", "lost", "won", "partially_refunded");
        requireToldOnce(ordered);
        requireToldOnce(hostile);
    }

    private void requireToldOnce(Payer payer) {
        List<String> told =
                new Mailbox(product, payer.customer().email())
                        .letters().stream()
                                .map(Mailbox.Received::template)
                                .filter(template -> template.matches("dispute.*|refund.*"))
                                .toList();
        assertThat(told)
                .containsOnlyOnce("dispute_won", "dispute_lost")
                .filteredOn("refund_sent"::equals)
                .hasSize(2);
        assertThat(told).filteredOn("dispute_opened"::equals).hasSizeLessThanOrEqualTo(2);
    }

    /** Pays, is charged, gets half back, wins one dispute and loses another. */
    private void story(Payer payer) {
        payer.pays(1_000);
        UUID renewal = payer.owes(2_000);
        assertThat(payer.charged(renewal, "1")).isInstanceOf(Outcome.Succeeded.class);
        UUID disputed = payer.owes(3_000);
        payer.charged(disputed, "1");
        UUID contested = payer.owes(4_000);
        payer.charged(contested, "1");
        refund(payer.payment(renewal), "5.00");
        refund(payer.payment(renewal), "5.00");
        decide(payer.type(), payer.payment(disputed), true);
        decide(payer.type(), payer.payment(contested), false);
    }

    private void refund(Payment payment, String amount) {
        Operator.of(product)
                .api()
                .once(UUID.randomUUID().toString())
                .post(
                        "console/payments/" + payment.id() + "/refund/",
                        Map.of("amount", amount, "reason", "A test"))
                .expect(200);
    }

    private static void decide(PaymentType type, Payment payment, boolean isLost) {
        String reference = String.valueOf(payment.reference());
        switch (type) {
            case STRIPE ->
                    Product.stripe()
                            .decides(Product.stripe().disputes(reference), isLost ? "lost" : "won");
            case PAYPAL ->
                    Product.payPal()
                            .decides(
                                    Product.payPal().disputes(reference),
                                    isLost ? "RESOLVED_BUYER_FAVOUR" : "RESOLVED_SELLER_FAVOUR");
            case BANK_TRANSFER -> throw new IllegalStateException();
        }
    }

    /** A look that fails is repeated when half a minute has passed at most. */
    private void awaitAllDealtWith(PaymentType type) {
        await().atMost(Duration.ofSeconds(45))
                .until(
                        () ->
                                standIn(type).isSilent()
                                        && product.sql()
                                                .sql(
                                                        """
                                                        SELECT NOT EXISTS (SELECT
                                                          FROM provider_event
                                                         WHERE status = 'waiting'
                                                           AND received_at >= ?)
                                                        """)
                                                .param(Columns.timestamp(began))
                                                .query(Boolean.class)
                                                .single());
    }

    @ParameterizedTest
    @EnumSource(names = {"STRIPE", "PAYPAL"})
    void anAnswerThatIsLostChargesOnce(PaymentType type) {
        Payer payer = Payer.signUp(type);
        payer.pays(1_000);
        awaitAllDealtWith(type);
        standIn(type).sends(StandIn.Sending.KEPT);
        UUID invoice = payer.owes(2_000);
        // However often it is tried: it is carried out or found done, and nobody hears of it
        standIn(type).losesAnswers(100);

        assertThat(payer.charged(invoice, "1")).isInstanceOf(Outcome.Pending.class);
        assertThat(payer.charged(invoice, "2"))
                .as("another attempt")
                .isInstanceOf(Outcome.Pending.class);
        standIn(type).losesAnswers(0);
        product.sql()
                .sql("UPDATE payment SET next_look_at = now() WHERE invoice_id = ?")
                .param(invoice)
                .update();
        product.bean(Unsettled.class).lookAfterPayments();

        assertThat(payer.payment(invoice).status()).isEqualTo(Payment.Status.SUCCEEDED);
        assertThat(payer.charged(invoice, "2")).isInstanceOf(Outcome.Succeeded.class);
        standIn(type).deliverShuffled(new Random(3));
        awaitAllDealtWith(type);
        assertThat(payer.books()).hasSize(2);
        assertThat(payer.books().toString()).contains("balance=0");
    }

    @ParameterizedTest
    @CsvSource({"STRIPE, 500", "STRIPE, 429", "PAYPAL, 503", "PAYPAL, 429"})
    void aProviderThatStumblesIsAskedAgain(PaymentType type, int status) {
        Payer payer = Payer.signUp(type);
        UUID invoice = payer.owes(1_000);
        standIn(type).failsNext(2, status);

        payer.agreesOn(payer.page(invoice));

        payer.awaitPaid(invoice);
        awaitAllDealtWith(type);
        standIn(type).failsNext(100, status);
        payer.customer()
                .api()
                .post(
                        "billing/invoices/" + payer.owes(500) + "/checkout/",
                        Map.of("payment_method", type.key()))
                .expectRefusal(503, "provider_unavailable");
    }

    @ParameterizedTest
    @EnumSource(names = {"STRIPE", "PAYPAL"})
    void aWayToPayCanBeLeftWithoutPaying(PaymentType type) {
        Payer payer = Payer.signUp(type);
        URI page =
                URI.create(
                        payer.customer()
                                .api()
                                .post("billing/payment-methods/", Map.of("type", type.key()))
                                .expect(200)
                                .data()
                                .path("url")
                                .asString());

        URI back = payer.agreesOn(page);
        payer.comesBack(back);
        payer.comesBack(back);
        Payer.signUp(type).comesBack(back);

        assertThat(payer.methods()).hasSize(1);
        assertThat(payer.charged(payer.owes(700), "1")).isInstanceOf(Outcome.Succeeded.class);
        String id = payer.methods().path(0).path("id").asString();
        payer.customer().api().delete("billing/payment-methods/" + id + "/").expect(204);
        assertThat(payer.charged(payer.owes(800), "1"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("no_payment_method"));
    }

    @ParameterizedTest
    @EnumSource(names = {"STRIPE", "PAYPAL"})
    void noMoreGoesBackThanCameIn(PaymentType type) {
        Payer payer = Payer.signUp(type);
        UUID invoice = payer.pays(1_000);
        Payment payment = payer.payment(invoice);
        var operator = Operator.of(product).api();
        String path = "console/payments/" + payment.id() + "/refund/";
        Map<String, String> half = Map.of("amount", "5.00", "reason", "A test");

        operator.once("half-" + payment.id()).post(path, half).expect(200);
        operator.once("half-" + payment.id()).post(path, half).expect(200);
        operator.post(path, Map.of("amount", "5.01", "reason", "A test")).expectInvalid("amount");
        operator.post(path, Map.of("amount", "-1", "reason", "A test")).expectInvalid("amount");
        operator.post(path, Map.of("reason", "The rest")).expect(200);
        operator.post(path, Map.of("reason", "More")).expectRefusal(409, "payment_not_refundable");
        payer.customer().api().post(path, half).expectRefusal(403, "operators_only");

        assertThat(payer.payment(invoice).refunded()).isEqualTo(new Money(1_000, "USD"));
        assertThat(payer.books().toString()).contains("succeeded500,succeeded500");
    }
}
