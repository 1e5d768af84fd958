package com.igny8.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.kernel.Money;
import com.igny8.testing.Api;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.StandIn;
import com.igny8.testing.StripeStandIn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

class StripeTests {
    private static final String WEBHOOK = "billing/webhooks/stripe/";

    private final Product product = Product.running();

    @ParameterizedTest
    @CsvSource({
        "pm_card_chargeDeclinedInsufficientFunds, insufficient_funds, true",
        "pm_card_authenticationRequired, authentication_required, false",
        "pm_card_chargeDeclinedExpiredCard, expired_card, false",
        "pm_gone_1, resource_missing, false",
    })
    void aCardThatIsDeclinedSaysWhyAndWhetherToTryAgain(
            String card, String code, boolean mayRetry) {
        Payer payer = Payer.signUp(PaymentType.STRIPE);
        payer.pays(1_000);
        product.sql()
                .sql("UPDATE payment_method SET method_reference = ? WHERE account_id = ?")
                .params(card, payer.customer().accountId())
                .update();
        UUID invoice = payer.owes(2_000);

        Outcome outcome = payer.charged(invoice, "1");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> {
                            assertThat(failed.code()).isEqualTo(code);
                            assertThat(failed.mayRetry()).isEqualTo(mayRetry);
                        });
        assertThat(payer.charged(invoice, "1")).isEqualTo(outcome);
        assertThat(payer.payment(invoice).status()).isEqualTo(Payment.Status.FAILED);
    }

    @Test
    void aDeclinedCardOnThePageCanBeFollowedByAGoodOne() {
        Payer payer = Payer.signUp(PaymentType.STRIPE);
        UUID invoice = payer.owes(1_000);
        var page = payer.page(invoice);

        Product.stripe().customerPays(page, StripeStandIn.EMPTY_CARD);
        Product.stripe().customerPays(page, StripeStandIn.GOOD_CARD);

        payer.awaitPaid(invoice);
        assertThat(payer.books()).hasSize(1);
    }

    @Test
    void whatStripeKnowsOtherwiseMayHaveBeenCharged() {
        Payer payer = Payer.signUp(PaymentType.STRIPE);
        payer.pays(1_000);
        UUID invoice = payer.owes(2_000);
        Product.stripe().sends(StandIn.Sending.KEPT);
        Product.stripe().losesAnswers(100);
        try {
            assertThat(payer.charged(invoice, "1")).isInstanceOf(Outcome.Pending.class);
            Product.stripe().losesAnswers(0);
            // As where another release asks in another way
            product.sql()
                    .sql(
                            "UPDATE payment_method SET customer_reference = 'cus_2'"
                                    + " WHERE account_id = ?")
                    .param(payer.customer().accountId())
                    .update();

            assertThat(payer.charged(invoice, "1")).isInstanceOf(Outcome.Pending.class);

            assertThat(payer.payment(invoice).status()).isEqualTo(Payment.Status.PENDING);
            Product.stripe().deliverShuffled(new Random(1));
            payer.awaitPaid(invoice);
        } finally {
            Product.stripe().losesAnswers(0);
            Product.stripe().sends(StandIn.Sending.AT_ONCE);
        }
    }

    @Test
    void whatIsNotSignedByStripeIsRefusedAndNotKept() {
        String body = event("evt_forged_" + UUID.randomUUID(), "charge", "{}");
        Api api = product.api();
        Instant now = Instant.now();

        api.post(WEBHOOK, body).expectRefusal(400, "signature_invalid");
        signed(api, StripeStandIn.sign(body + " ", now)).post(WEBHOOK, body).expect(400);
        signed(api, StripeStandIn.sign(body, now.minus(Duration.ofMinutes(6))))
                .post(WEBHOOK, body)
                .expectRefusal(400, "signature_invalid");
        signed(api, StripeStandIn.sign("[]", now)).post(WEBHOOK, "[]").expect(400);
        assertThat(count("evt_forged_%")).isZero();

        signed(api, StripeStandIn.sign(body, now)).post(WEBHOOK, body).expect(200);
        assertThat(count("evt_forged_%")).isOne();
        product.sql().sql("DELETE FROM provider_event WHERE event_id LIKE 'evt_forged_%'").update();
    }

    private static Api signed(Api api, String signature) {
        return api.with("Stripe-Signature", signature);
    }

    private static String event(String id, String kind, String more) {
        return """
        {"id": "%s", "object": "event", "type": "%s.test", "created": 1,
         "data": {"object": {"object": "%s", "client_secret": "opens-a-door", "more": %s}}}
        """
                .formatted(id, kind, kind, more);
    }

    private long count(String eventId) {
        return product.sql()
                .sql("SELECT count(*) FROM provider_event WHERE event_id LIKE ?")
                .param(eventId)
                .query(Long.class)
                .single();
    }

    @Test
    void anEventThatCannotBeDealtWithWaitsIsSeenAndCanBeProcessedAgain() {
        Payer payer = Payer.signUp(PaymentType.STRIPE);
        Payment payment = payer.payment(payer.pays(1_000));
        String id = "evt_late_" + UUID.randomUUID();
        String body =
                event(id, "payment_intent", "1")
                        .replace(
                                "\"object\": \"payment_intent\"",
                                "\"object\": \"payment_intent\", \"id\": \"pi_unknown\"");
        signed(product.api(), StripeStandIn.sign(body, Instant.now()))
                .post(WEBHOOK, body)
                .expect(200);
        var operator = Operator.of(product).api();

        await().until(() -> !eventOf(operator, id).path("last_error").isNull());
        assertThat(eventOf(operator, id).path("status").asString()).isEqualTo("waiting");
        assertThat(eventOf(operator, id).path("payload").asString())
                .contains("(not shown)")
                .doesNotContain("opens-a-door");
        product.sql()
                .sql(
                        "UPDATE provider_event SET payload = (SELECT payload FROM provider_event"
                                + " WHERE type = 'payment_intent.succeeded' AND concerned_account_id = ?"
                                + " LIMIT 1) WHERE event_id = ?")
                .params(payment.accountId(), id)
                .update();
        operator.post(
                        "console/provider-events/"
                                + eventOf(operator, id).path("id").asString()
                                + "/process/",
                        Map.of())
                .expect(202);

        await().until(() -> eventOf(operator, id).path("status").asString().equals("processed"));
        assertThat(payer.books()).hasSize(1);
    }

    private static tools.jackson.databind.JsonNode eventOf(Api operator, String id) {
        return operator.get("console/provider-events/?search=" + id).expect(200).results().path(0);
    }

    @Test
    void whatComesInMustBeWhatWasToBePaid() {
        Payer payer = Payer.signUp(PaymentType.STRIPE);
        UUID invoice = payer.owes(1_000);
        var page = payer.page(invoice);
        product.sql()
                .sql("UPDATE payment SET amount_minor = 999 WHERE invoice_id = ?")
                .param(invoice)
                .update();

        Product.stripe().customerPays(page, StripeStandIn.GOOD_CARD);

        await().until(
                        () ->
                                product.sql()
                                                .sql(
                                                        """
                                                        SELECT count(*) FROM provider_event
                                                         WHERE last_error LIKE '%which is over%'
                                                        """)
                                                .query(Long.class)
                                                .single()
                                        > 0);
        assertThat(payer.payment(invoice).status()).isEqualTo(Payment.Status.PENDING);
        product.sql()
                .sql("DELETE FROM provider_event WHERE last_error LIKE '%which is over%'")
                .update();
    }

    @ParameterizedTest
    @CsvSource({
        "13900, USD, 13900",
        "139, JPY, 139",
        "5, ISK, 500",
        "7, UGX, 700",
        "1250, KWD, 1250",
        "13900, HUF, 13900",
        "1300, MGA, 13",
    })
    void amountsAreWrittenAsStripeWantsThem(long minor, String currency, long stripe) {
        Money money = new Money(minor, currency);

        assertThat(StripeAmount.of(money)).isEqualTo(stripe);
        assertThat(StripeAmount.read(stripe, currency.toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(money);
    }

    @ParameterizedTest
    @CsvSource({"1251, KWD", "1301, MGA"})
    void amountsThatStripeCannotTakeAreRefused(long minor, String currency) {
        Payer payer = Payer.signUp(PaymentType.STRIPE);

        payer.customer()
                .api()
                .post(
                        "billing/invoices/%s/checkout/"
                                .formatted(payer.owes(new Money(minor, currency))),
                        Map.of("payment_method", "stripe"))
                .expectRefusal(409, "amount_not_payable");
    }
}
