package com.igny8.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.payment.NewPayment;
import com.igny8.payment.Payments;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Receiver;
import com.igny8.testing.Reply;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Endpoints as their owners look after them, and what each is told of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointTests {
    private static final String ENDPOINTS = "webhooks/endpoints/";
    private static final String CONSOLE = "console/webhooks/";

    private final Product product = Product.running();
    private final Receiver receiver = new Receiver();

    @AfterAll
    void close() {
        receiver.close();
    }

    @Test
    void theSecretIsShownOnceAndStandsNowhereElse() {
        Subscriber subscriber = Subscriber.of(product.signUp(), receiver);
        String secret = subscriber.secret();
        assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");

        Api api = subscriber.api();
        for (String path :
                List.of(
                        ENDPOINTS,
                        ENDPOINTS + subscriber.endpoint() + "/",
                        "webhooks/deliveries/",
                        "auth/audit/")) {
            assertThat(api.get(path).expect(200).body())
                    .as(path)
                    .doesNotContain(secret, secret.substring(6));
        }
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT concat(encode(secret, 'escape'), url, description)
                                          FROM webhook_endpoint WHERE id = ?
                                        """)
                                .param(subscriber.endpoint())
                                .query(String.class)
                                .single())
                .doesNotContain(secret.substring(6));
    }

    @Test
    void afterARotationBothSecretsSignForADayOrTheNewOneAloneAtOnce() {
        Subscriber subscriber = Subscriber.of(product.signUp(), receiver);
        String rotate = ENDPOINTS + subscriber.endpoint() + "/rotate-secret/";

        String second = secret(subscriber.api().post(rotate, "").expect(200));

        subscriber.ping();
        assertThat(subscriber.awaitTold(1).getFirst().isSignedWith(second)).isTrue();
        assertThat(subscriber.told().getFirst().isSignedWith(subscriber.secret())).isTrue();
        subscriber.api().post(rotate, "").expectRefusal(409, "rotating_already");
        product.sql()
                .sql("UPDATE webhook_endpoint SET previous_secret_until = now() WHERE id = ?")
                .param(subscriber.endpoint())
                .update();
        subscriber.ping();
        subscriber.awaitTold(2);
        assertThat(subscriber.told().get(1).isSignedWith(second)).isTrue();
        assertThat(subscriber.told().get(1).isSignedWith(subscriber.secret())).isFalse();

        String third =
                secret(subscriber.api().post(rotate, Map.of("overlap_hours", 0)).expect(200));

        subscriber.ping();
        assertThat(subscriber.awaitTold(3).get(2).isSignedWith(third)).isTrue();
        assertThat(subscriber.told().get(2).isSignedWith(second)).isFalse();
        subscriber.api().post(rotate, Map.of("overlap_hours", 169)).expectInvalid("overlap_hours");
    }

    private static String secret(Reply reply) {
        return reply.data().path("secret").asString();
    }

    @Test
    void whatIsNotRightIsNamedFieldByField() {
        Api api = product.signUp().api();

        for (String url :
                List.of(
                        "http://example.com/",
                        "https://10.0.0.1/",
                        "https://[::1]/",
                        "https://[::ffff:169.254.169.254]/",
                        "https://localhost:8080/",
                        "https://someone@example.com/",
                        "nonsense")) {
            api.post(ENDPOINTS, Map.of("url", url)).expectInvalid("url");
        }
        Reply all =
                api.post(
                        ENDPOINTS,
                        Map.of(
                                "url",
                                "x",
                                "description",
                                "x".repeat(201),
                                "event_types",
                                List.of("invoice.payed")));
        all.expectInvalid("url").expectInvalid("description").expectInvalid("event_types");
        api.post(ENDPOINTS, Map.of()).expectInvalid("url");
        assertThat(api.get(ENDPOINTS).expect(200).results()).isEmpty();
    }

    @Test
    void thereAreTenAtMost() {
        Api api = product.signUp().api();
        Map<String, Object> body = Map.of("url", "https://example.com/hooks");
        for (int i = 0; i < 10; i++) {
            api.post(ENDPOINTS, body).expect(201);
        }

        api.post(ENDPOINTS, body).expectRefusal(409, "too_many_endpoints");

        assertThat(api.get(ENDPOINTS).results()).hasSize(10);
    }

    @Test
    void onlyTheFieldsThatAreSentChangeAndNobodyOverwritesAnother() {
        Subscriber subscriber = Subscriber.of(product.signUp(), receiver, "invoice.paid");
        String path = ENDPOINTS + subscriber.endpoint() + "/";
        String tag = String.valueOf(subscriber.api().get(path).header("ETag"));

        Reply changed =
                subscriber
                        .api()
                        .with("If-Match", tag)
                        .patch(path, Map.of("description", "Our books"))
                        .expect(200);

        assertThat(changed.data().path("description").asString()).isEqualTo("Our books");
        assertThat(changed.data().path("event_types").get(0).asString()).isEqualTo("invoice.paid");
        subscriber
                .api()
                .with("If-Match", tag)
                .patch(path, Map.of("description", "Theirs"))
                .expectRefusal(412, "changed_meanwhile");
        subscriber.api().patch(path, Map.of("status", "asleep")).expectInvalid("status");
        subscriber.api().patch(path, Map.of("url", "http://example.com")).expectInvalid("url");
        subscriber.api().patch(path, Map.of("status", "paused")).expect(200);
        subscriber.api().post(path + "test/", "").expectRefusal(409, "endpoint_paused");
    }

    @Test
    void aPaymentAndWhatFollowsFromItAreToldOf() {
        Customer customer =
                product.signUp(Map.of("plan_slug", "growth", "payment_method", "bank_transfer"));
        Subscriber subscriber = Subscriber.of(customer, receiver);
        Invoice invoice = openInvoice(customer);

        customer.inside(
                () ->
                        product.bean(Payments.class)
                                .received(
                                        new NewPayment(
                                                invoice.id(),
                                                "bank_transfer",
                                                UUID.randomUUID().toString(),
                                                invoice.due(),
                                                "Ada",
                                                null,
                                                null)));

        assertThat(subscriber.awaitTold(5))
                .extracting(Receiver.Told::type)
                .containsExactlyInAnyOrder(
                        "payment.succeeded",
                        "invoice.paid",
                        "subscription.changed",
                        "subscription.changed",
                        "account.status_changed");
        Receiver.Told opened = told(subscriber, "account.status_changed");
        assertThat(opened.json().path("data").path("status").asString()).isEqualTo("active");
        assertThat(opened.json().path("data").path("previous_status").asString())
                .isEqualTo("pending_payment");
        assertThat(told(subscriber, "payment.succeeded").body())
                .contains("\"amount_minor\":13900")
                .doesNotContain("Ada");
    }

    private Invoice openInvoice(Customer customer) {
        UUID id =
                UUID.fromString(
                        customer.api()
                                .get("billing/invoices/?status=open")
                                .expect(200)
                                .results()
                                .get(0)
                                .path("id")
                                .asString());
        return customer.inside(() -> product.bean(Invoices.class).get(id));
    }

    private static Receiver.Told told(Subscriber subscriber, String type) {
        return subscriber.told().stream()
                .filter(told -> told.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theOperatorsEndpointsAreToldOfAllAccounts() {
        Operator operator = Operator.of(product);
        Subscriber one = Subscriber.of(product.signUp(), receiver, "account.status_changed");
        Reply reply =
                operator.api()
                        .post(
                                CONSOLE + "endpoints/",
                                Map.of(
                                        "url",
                                        receiver.address("/operator"),
                                        "event_types",
                                        List.of("account.status_changed")))
                        .expect(201);
        UUID endpoint = reply.id();
        try {
            operator.suspend(one.customer()).expect(200);

            Receiver.Told told = ofAccount(one.customer().accountId());
            assertThat(told.isSignedWith(secret(reply))).isTrue();
            assertThat(told.json().path("data").path("status").asString()).isEqualTo("suspended");
            // The account's own is told too: that it is suspended is what it asked to be told of
            assertThat(one.awaitTold(1).getFirst().id()).isEqualTo(told.id());
            Reply all =
                    operator.api()
                            .get(CONSOLE + "deliveries/?search=" + one.customer().accountId())
                            .expect(200);
            assertThat(all.json().path("count").asLong()).isEqualTo(2);
            String own = receiver.address(one.path());
            UUID delivery =
                    all.results()
                            .valueStream()
                            .filter(each -> each.path("url").asString().equals(own))
                            .map(each -> UUID.fromString(each.path("id").asString()))
                            .findFirst()
                            .orElseThrow();
            operator.api().post(CONSOLE + "deliveries/" + delivery + "/resend/", "").expect(202);
            assertThat(one.awaitTold(2).get(1).id()).isEqualTo(told.id());
        } finally {
            operator.api().delete(CONSOLE + "endpoints/" + endpoint + "/").expect(204);
        }
        operator.api()
                .get(CONSOLE + "endpoints/" + one.endpoint() + "/")
                .expectRefusal(404, "not_found");
    }

    @Test
    void theLetterOfAPausedEndpointLeadsToWhoeverLooksAfterIt() {
        Operator operator = Operator.of(product);
        receiver.answers(any -> 410);
        Reply reply =
                operator.api()
                        .post(
                                CONSOLE + "endpoints/",
                                Map.of(
                                        "url",
                                        receiver.address("/gone"),
                                        "event_types",
                                        List.of("account.status_changed")))
                        .expect(201);
        String address = CONSOLE + "endpoints/" + reply.id() + "/";
        try {
            operator.api().post(address + "test/", "").expect(202);
            await().until(
                            () ->
                                    operator.api()
                                            .get(address)
                                            .data()
                                            .path("status")
                                            .asString()
                                            .equals("paused"));

            assertThat(
                            new Mailbox(product, staffContact())
                                    .letters("webhook_paused")
                                    .getLast()
                                    .text())
                    .contains("/console/webhooks/" + reply.id())
                    .doesNotContain("/account/webhooks");
        } finally {
            operator.api().delete(address).expect(204);
            receiver.answers(any -> 200);
        }
    }

    private String staffContact() {
        return product.sql()
                .sql("SELECT contact_email FROM account WHERE is_system")
                .query(String.class)
                .single();
    }

    /** Others are suspended meanwhile, by other tests. */
    private Receiver.Told ofAccount(UUID accountId) {
        await().until(
                        () ->
                                receiver.told("/operator").stream()
                                        .anyMatch(
                                                told ->
                                                        told.body()
                                                                .contains(accountId.toString())));
        return receiver.told("/operator").stream()
                .filter(told -> told.body().contains(accountId.toString()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thePagesLeadFromTheFirstEndpointToItsEnd() {
        Customer customer = product.signUp();
        PageClient browser = PageClient.signedIn(customer);
        assertThat(browser.get("/account/webhooks").expect(200).body()).contains("No webhooks yet");
        assertThat(
                        browser.send(
                                        "/account/webhooks/new",
                                        "/account/webhooks",
                                        Map.of("url", "x"))
                                .expect(400)
                                .body())
                .contains("Enter a whole address");

        String address = receiver.address("/pages");
        Reply made =
                browser.sendAndFollow(
                        "/account/webhooks", Map.of("url", address, "event_types", "invoice.paid"));
        String secret = Jsoup.parse(made.body()).select("#new-secret").text();
        assertThat(secret).startsWith("whsec_");
        String here =
                Jsoup.parse(browser.get("/account/webhooks").body())
                        .select("td a[href^=/account/webhooks/]")
                        .attr("href");
        assertThat(browser.get(here).expect(200).body()).doesNotContain(secret);

        Reply test = browser.sendAndFollow(here + "/test", Map.of());
        assertThat(test.body()).contains("A test is on its way");
        assertThat(receiver.await("/pages", 1).getFirst().isSignedWith(secret)).isTrue();
        assertThat(browser.sendAndFollow(here + "/pause", Map.of()).body())
                .contains("You paused it", "Let it go on");
        assertThat(browser.send(here + "/test", Map.of()).expect(409).body())
                .contains("The endpoint is paused");
        browser.sendAndFollow(here + "/resume", Map.of());
        assertThat(browser.sendAndFollow(here + "/rotate", Map.of("overlap_hours", "24")).body())
                .contains("Copy the secret now", "The secret before signs too until");
        assertThat(browser.send(here + "/delete", Map.of()).expect(400).body())
                .contains("Tick the box");
        assertThat(browser.sendAndFollow(here + "/delete", Map.of("sure", "yes")).body())
                .contains("The endpoint is deleted", "No webhooks yet");
        browser.get(here).expect(404);
    }
}
