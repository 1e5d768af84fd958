package com.igny8.webhook;

import static org.awaitility.Awaitility.await;

import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Money;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Receiver;
import com.igny8.testing.Reply;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A customer with an endpoint of their own at the receiver. */
record Subscriber(Customer customer, Receiver receiver, UUID endpoint, String secret) {
    private static final String ENDPOINTS = "webhooks/endpoints/";

    /** Told of these, or of everything. */
    static Subscriber of(Customer customer, Receiver receiver, String... types) {
        Reply reply =
                customer.api()
                        .post(
                                ENDPOINTS,
                                Map.of(
                                        "url",
                                        receiver.address("/" + customer.accountId()),
                                        "event_types",
                                        List.of(types)))
                        .expect(201);
        return new Subscriber(
                customer, receiver, reply.id(), reply.data().path("secret").asString());
    }

    Api api() {
        return customer.api();
    }

    /** Something happens that is told of: {@code invoice.issued}. */
    Invoice owes() {
        Money amount = new Money(8_900, "USD");
        return customer.inside(
                () ->
                        customer.product()
                                .bean(Invoices.class)
                                .issue(
                                        new NewInvoice(
                                                Invoice.Purpose.MANUAL,
                                                null,
                                                null,
                                                "USD",
                                                List.of(InvoiceLine.of("Test", 1, amount)))));
    }

    UUID ping() {
        return api().post(ENDPOINTS + endpoint + "/test/", "").expect(202).id();
    }

    /** Waits until what happened is known to go to somebody, or to nobody. */
    void awaitSpread() {
        await().until(
                        () ->
                                customer.product()
                                        .sql()
                                        .sql(
                                                """
                                                SELECT NOT EXISTS (SELECT FROM webhook_event
                                                    WHERE concerned_account_id = ?)
                                                """)
                                        .param(customer.accountId())
                                        .query(Boolean.class)
                                        .single());
    }

    /** What came to the endpoint, when it is so much. */
    List<Receiver.Told> awaitTold(int count) {
        return receiver.await(path(), count);
    }

    List<Receiver.Told> told() {
        return receiver.told(path());
    }

    String path() {
        return "/" + customer.accountId();
    }

    JsonNode details() {
        return api().get(ENDPOINTS + endpoint + "/").expect(200).data();
    }

    JsonNode delivery(UUID id) {
        return api().get("webhooks/deliveries/" + id + "/").expect(200).data();
    }

    JsonNode only() {
        return api().get("webhooks/deliveries/?endpoint=" + endpoint).expect(200).results().get(0);
    }

    Reply resend(UUID delivery) {
        return api().post("webhooks/deliveries/" + delivery + "/resend/", "");
    }

    /**
     * Waits until its one delivery has been tried so often, and what came of it is written down.
     */
    JsonNode awaitTried(UUID delivery, int times) {
        await().until(() -> delivery(delivery).path("tries").size() == times);
        return delivery(delivery).path("delivery");
    }
}
