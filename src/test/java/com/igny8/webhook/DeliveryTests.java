package com.igny8.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.igny8.http.Outbound;
import com.igny8.invoice.Invoice;
import com.igny8.tenancy.TenantTransactions;
import com.igny8.testing.Damage;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Product;
import com.igny8.testing.Receiver;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** How events come to those who asked for them, over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryTests {
    private final Product product = Product.running();
    private final Receiver receiver = new Receiver();

    @AfterAll
    void close() {
        receiver.close();
    }

    private Subscriber subscriber(String... types) {
        receiver.answers(any -> 200);
        return Subscriber.of(product.signUp(), receiver, types);
    }

    @Test
    void whatHappensIsToldAsTheApiTellsItAndSignedSoThatAnybodyCanCheck() {
        Subscriber subscriber = subscriber("invoice.issued");
        Subscriber stranger = subscriber();

        Invoice invoice = subscriber.owes();

        Receiver.Told told = subscriber.awaitTold(1).getFirst();
        assertThat(told.isSignedWith(subscriber.secret())).isTrue();
        assertThat(told.isSignedWith(stranger.secret())).isFalse();
        assertThat(Instant.ofEpochSecond(Long.parseLong(told.headers().get("webhook-timestamp"))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(told.json().propertyNames())
                .containsExactlyInAnyOrder("id", "type", "created_at", "account_id", "data");
        assertThat(told.json().path("id").asString()).isEqualTo(told.id());
        assertThat(told.type()).isEqualTo("invoice.issued");
        assertThat(told.json().path("account_id").asString())
                .isEqualTo(subscriber.customer().accountId().toString());
        assertThat(told.json().path("data"))
                .isEqualTo(
                        subscriber
                                .api()
                                .get("billing/invoices/" + invoice.id() + "/")
                                .expect(200)
                                .data());
        assertThat(stranger.told()).isEmpty();
    }

    @Test
    void whatIsTakenBackWasNeverToldOf() {
        Subscriber subscriber = subscriber();

        assertThatThrownBy(
                        () ->
                                subscriber
                                        .customer()
                                        .inside(
                                                () ->
                                                        product.bean(TenantTransactions.class)
                                                                .write(
                                                                        sql -> {
                                                                            subscriber.owes();
                                                                            throw new IllegalStateException(
                                                                                    "Taken back");
                                                                        })))
                .hasMessage("Taken back");
        subscriber.ping();

        assertThat(subscriber.awaitTold(1)).extracting(Receiver.Told::type).containsExactly("ping");
    }

    @Test
    void whatIsRefusedIsTriedAgainLaterUnderTheSameIdAndCanBeSentOnceMore() throws Exception {
        Subscriber subscriber = subscriber();
        receiver.answers(told -> subscriber.told().size() == 1 ? 503 : 200);
        UUID delivery = subscriber.ping();

        JsonNode refused = subscriber.awaitTried(delivery, 1);

        assertThat(refused.path("status").asString()).isEqualTo("waiting");
        assertThat(refused.path("last_status").asInt()).isEqualTo(503);
        assertThat(Instant.parse(refused.path("next_attempt_at").asString()))
                .isBetween(Instant.now().plusSeconds(15), Instant.now().plusSeconds(40));
        assertThat(subscriber.details().path("failing_since").isNull()).isFalse();
        product.clock().later(Duration.ofMinutes(1), () -> subscriber.awaitTried(delivery, 2));
        JsonNode arrived = subscriber.delivery(delivery);
        assertThat(arrived.path("delivery").path("status").asString()).isEqualTo("delivered");
        assertThat(arrived.path("tries").get(1).path("response").asString())
                .isEqualTo("Answer of 503");
        assertThat(subscriber.details().path("failing_since").isNull()).isTrue();

        subscriber.resend(delivery).expect(202);

        List<Receiver.Told> told = subscriber.awaitTold(3);
        assertThat(told.stream().map(Receiver.Told::id).collect(Collectors.toSet())).hasSize(1);
        assertThat(told).allMatch(each -> each.isSignedWith(subscriber.secret()));
        assertThat(told.getFirst().body())
                .isEqualTo(arrived.path("body").asString())
                .isEqualTo(told.getLast().body());
    }

    @Test
    void afterEightTriesItIsGivenUpUntilSomebodySendsItAgain() {
        Subscriber subscriber = subscriber();
        receiver.answers(any -> 500);
        UUID delivery = subscriber.ping();
        subscriber.awaitTried(delivery, 1);

        product.sql()
                .sql("UPDATE webhook_delivery SET attempts = 7, due_at = now() WHERE id = ?")
                .param(delivery)
                .update();

        JsonNode last = subscriber.awaitTried(delivery, 2);
        assertThat(last.path("status").asString()).isEqualTo("failed");
        assertThat(last.path("next_attempt_at").isNull()).isTrue();
        subscriber.resend(delivery).expect(202);
        assertThat(subscriber.awaitTried(delivery, 3).path("status").asString())
                .isEqualTo("waiting");
    }

    @Test
    void anAnswerThatLeadsElsewhereIsNotFollowed() {
        Subscriber subscriber = subscriber();
        receiver.answers(told -> told.path().equals("/elsewhere") ? 200 : 307);

        JsonNode tried = subscriber.awaitTried(subscriber.ping(), 1);

        assertThat(tried.path("status").asString()).isEqualTo("waiting");
        assertThat(tried.path("last_status").asInt()).isEqualTo(307);
        assertThat(receiver.told("/elsewhere")).isEmpty();
    }

    @Test
    void whatIsGoneIsPausedAndItsOwnerHearsOfIt() {
        Subscriber subscriber = subscriber();
        receiver.answers(any -> 410);
        UUID delivery = subscriber.ping();

        assertThat(subscriber.awaitTried(delivery, 1).path("status").asString())
                .isEqualTo("failed");

        assertPaused(subscriber, "gone");
        subscriber.resend(delivery).expectRefusal(409, "endpoint_paused");
        subscriber.owes();
        subscriber.awaitSpread();
        receiver.answers(any -> 200);
        subscriber
                .api()
                .patch(
                        "webhooks/endpoints/" + subscriber.endpoint() + "/",
                        "{\"status\":\"active\"}")
                .expect(200);
        subscriber.ping();
        assertThat(subscriber.awaitTold(2))
                .extracting(Receiver.Told::type)
                .containsExactly("ping", "ping");
    }

    @Test
    void whatFailsForThreeDaysIsPausedAndItsOwnerHearsOfIt() throws Exception {
        Subscriber subscriber = subscriber();
        receiver.answers(any -> 500);
        subscriber.awaitTried(subscriber.ping(), 1);
        assertThat(subscriber.details().path("status").asString()).isEqualTo("active");

        // What waits is tried again by then; whoever signed in with a token has to do so anew
        product.clock()
                .later(
                        Duration.ofDays(3).plusMinutes(1),
                        () -> await().until(() -> isPaused(subscriber)));

        assertPaused(subscriber, "failing");
    }

    private boolean isPaused(Subscriber subscriber) {
        return product.sql()
                .sql("SELECT paused_because IS NOT NULL FROM webhook_endpoint WHERE id = ?")
                .param(subscriber.endpoint())
                .query(Boolean.class)
                .single();
    }

    private void assertPaused(Subscriber subscriber, String because) {
        assertThat(subscriber.details().path("status").asString()).isEqualTo("paused");
        assertThat(subscriber.details().path("paused_because").asString()).isEqualTo(because);
        assertThat(new Mailbox(product, subscriber.customer().email()).letters("webhook_paused"))
                .singleElement()
                .satisfies(
                        letter ->
                                assertThat(letter.text())
                                        .contains(
                                                receiver.address(subscriber.path()),
                                                "/account/webhooks/" + subscriber.endpoint()));
        assertThat(subscriber.api().get("auth/audit/").body()).contains("webhook_endpoint.paused");
    }

    /** Guard: one secret sealed by a lost key, and nobody would be told of anything. */
    @Test
    void aSecretThatCannotBeReadHoldsUpNobodyElseAndNothingIsSentUnsigned() {
        Subscriber damaged = subscriber();
        Subscriber other = subscriber();
        product.sql()
                .sql("UPDATE webhook_endpoint SET " + Damage.of("secret") + " WHERE id = ?")
                .param(damaged.endpoint())
                .update();

        UUID delivery = damaged.ping();
        other.ping();

        other.awaitTold(1);
        assertThat(damaged.awaitTried(delivery, 1).path("last_failure").asString())
                .contains("cannot be signed", "Rotate the secret");
        assertThat(damaged.told()).isEmpty();
        String secret =
                damaged.api()
                        .post("webhooks/endpoints/" + damaged.endpoint() + "/rotate-secret/", "")
                        .expect(200)
                        .data()
                        .path("secret")
                        .asString();
        damaged.resend(delivery).expect(202);
        assertThat(damaged.awaitTold(1).getFirst().isSignedWith(secret)).isTrue();
    }

    @Test
    void aSlowEndpointHoldsUpNobodyButItself() throws Exception {
        Subscriber slow = subscriber();
        Subscriber other = Subscriber.of(product.signUp(), receiver);
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        receiver.answers(
                told -> {
                    if (told.path().equals(slow.path())) {
                        waiting.incrementAndGet();
                        awaitUninterrupted(released);
                    }
                    return 200;
                });
        for (int i = 0; i < 12; i++) {
            slow.ping();
        }
        slow.awaitTold(4);

        other.ping();

        other.awaitTold(1);
        assertThat(waiting).hasValue(4);
        released.countDown();
        slow.awaitTold(12);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void severalNodesSendEachOnce() {
        Subscriber subscriber = subscriber();
        List<DeliveryWorker> nodes = List.of(node(), node());
        nodes.forEach(DeliveryWorker::start);
        try {
            for (int i = 0; i < 20; i++) {
                subscriber.owes();
            }
            await().until(() -> delivered(subscriber) == 20);
        } finally {
            nodes.forEach(DeliveryWorker::stop);
        }

        assertThat(subscriber.told()).hasSize(20);
        assertThat(subscriber.told().stream().map(Receiver.Told::id).collect(Collectors.toSet()))
                .hasSize(20);
    }

    /** As another node has it: all that the database sees of one is its name. */
    private DeliveryWorker node() {
        return new DeliveryWorker(
                product.bean(DeliveryQueue.class),
                product.bean(Settlement.class),
                product.bean(Outbound.class),
                product.bean(JsonMapper.class),
                product.clock());
    }

    private static long delivered(Subscriber subscriber) {
        return subscriber
                .api()
                .get("webhooks/deliveries/?status=delivered")
                .json()
                .path("count")
                .asLong();
    }

    @Test
    void whatANodeHadWhenItDiedAnotherSendsAndTheDeadChangeNothing() throws Exception {
        Subscriber subscriber = subscriber();
        UUID delivery = subscriber.ping();
        subscriber.awaitTried(delivery, 1);
        product.sql()
                .sql(
                        """
                        UPDATE webhook_delivery SET status = 'waiting', settled_at = NULL,
                               attempts = 1, worker = 'dead', due_at = now() + interval '1 minute'
                         WHERE id = ?
                        """)
                .param(delivery)
                .update();
        subscriber.resend(delivery).expectRefusal(409, "delivery_under_way");

        product.clock().later(Duration.ofMinutes(2), () -> subscriber.awaitTried(delivery, 2));

        JsonNode after = subscriber.delivery(delivery);
        assertThat(after.path("delivery").path("status").asString()).isEqualTo("delivered");
        Settlement settlement = product.bean(Settlement.class);
        settlement.settle(
                new DeliveryQueue.Taken(
                        subscriber.customer().accountId(),
                        delivery,
                        subscriber.endpoint(),
                        URI.create("http://127.0.0.1/"),
                        new Event(
                                delivery,
                                EventType.PING,
                                subscriber.customer().accountId(),
                                Instant.now(),
                                "{}"),
                        1,
                        List.of()),
                new Attempt(Instant.now(), Duration.ZERO, null, "", "Too late"),
                "dead");
        assertThat(subscriber.delivery(delivery)).isEqualTo(after);
    }

    @Test
    void whatIsOldIsForgotten() {
        Subscriber subscriber = subscriber();
        UUID old = subscriber.ping();
        UUID young = subscriber.ping();
        subscriber.awaitTried(old, 1);
        subscriber.awaitTried(young, 1);
        product.sql()
                .sql(
                        """
                        UPDATE webhook_delivery SET created_at = now() - interval '31 days'
                         WHERE id = ?
                        """)
                .param(old)
                .update();

        DeliveryPurge.purge(
                product.bean(DeliveryQueue.class), Instant.now().minus(Duration.ofDays(30)));

        subscriber.api().get("webhooks/deliveries/" + old + "/").expectRefusal(404, "not_found");
        assertThat(subscriber.delivery(young).path("tries")).hasSize(1);
    }
}
