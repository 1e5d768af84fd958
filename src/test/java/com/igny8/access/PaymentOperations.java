package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import com.igny8.tenancy.SecretBox;
import com.igny8.testing.Api;
import com.igny8.testing.Product;
import com.igny8.testing.StripeStandIn;
import com.igny8.testing.World;
import com.igny8.testing.World.Thing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** How accounts pay, what they paid, and what operators do about it. */
final class PaymentOperations {
    private static final String BILLING = "/api/v1/billing/";
    private static final String CONSOLE = "/api/v1/console/";

    static final List<Operation> API =
            List.of(
                    operation("GET " + BILLING + "payments/", world -> at()),
                    operation(
                            "POST " + BILLING + "invoices/{id}/checkout/",
                            world ->
                                    at(world.id(Thing.INVOICE))
                                            .json(Map.of("payment_method", "stripe"))),
                    operation("GET " + BILLING + "payment-methods/", world -> at()),
                    operation(
                            "POST " + BILLING + "payment-methods/",
                            world -> at().json(Map.of("type", "paypal"))),
                    operation(
                            "PATCH " + BILLING + "payment-methods/{id}/",
                            world ->
                                    at(world.id(Thing.PAYMENT_METHOD))
                                            .json(Map.of("is_default", true))),
                    operation(
                            "DELETE " + BILLING + "payment-methods/{id}/",
                            world -> at(world.id(Thing.PAYMENT_METHOD))),
                    operation("POST " + BILLING + "webhooks/stripe/", world -> ofStripe()),
                    operation("POST " + BILLING + "webhooks/paypal/", world -> ofPayPal()),
                    operation("GET " + CONSOLE + "payments/", world -> at()),
                    operation(
                                    "POST " + CONSOLE + "payments/{id}/refund/",
                                    world -> at(transfer(world)).json(Map.of("reason", "A test")))
                            .by(Principal.OPERATOR),
                    operation("GET " + CONSOLE + "payment-options/", world -> at()),
                    operation(
                                    "PATCH " + CONSOLE + "payment-options/{type}/",
                                    world -> at("bank_transfer").json(Map.of("is_on", true)))
                            .by(Principal.OPERATOR),
                    operation("GET " + CONSOLE + "provider-events/", world -> at()),
                    operation(
                                    "POST " + CONSOLE + "provider-events/{id}/process/",
                                    world -> at(event(world)))
                            .by(Principal.OPERATOR));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /account/payments", world -> at()),
                    operation(
                            "POST /account/payments/checkout",
                            world ->
                                    at().form(
                                                    Map.of(
                                                            "invoice",
                                                            world.id(Thing.INVOICE),
                                                            "payment_method",
                                                            "stripe"))),
                    operation(
                            "POST /account/payments/methods",
                            world -> at().form(Map.of("payment_method", "stripe"))),
                    operation(
                            "POST /account/payments/methods/{id}/default",
                            world -> at(world.id(Thing.PAYMENT_METHOD)).form(Map.of())),
                    operation(
                            "POST /account/payments/methods/{id}/remove",
                            world -> at(world.id(Thing.PAYMENT_METHOD)).form(Map.of())),
                    operation(
                            "GET /account/payments/return/{type}",
                            world -> at("paypal").query("token", "unknown")),
                    operation("GET /console/payments", world -> at()),
                    operation(
                            "GET /console/payments/{id}/refund",
                            world -> at(world.idForOperators(Thing.PAYMENT))),
                    operation(
                                    "POST /console/payments/{id}/refund",
                                    world -> at(transfer(world)).form(Map.of("reason", "A test")))
                            .by(Principal.OPERATOR),
                    operation("GET /console/provider-events", world -> at()),
                    operation(
                                    "POST /console/provider-events/{id}/process",
                                    world -> at(event(world)).form(Map.of()))
                            .by(Principal.OPERATOR),
                    operation("GET /console/payment-options", world -> at()),
                    operation(
                                    "POST /console/payment-options/{type}",
                                    world -> at("bank_transfer").form(Map.of("on", "true")))
                            .by(Principal.OPERATOR));

    private PaymentOperations() {}

    private static Request ofStripe() {
        Map<String, Object> event = new TreeMap<>(Map.of("id", "evt_matrix", "type", "test"));
        String signature = StripeStandIn.sign(Api.JSON.writeValueAsString(event), Instant.now());
        return at().json(event).header("Stripe-Signature", signature);
    }

    private static Request ofPayPal() {
        Map<String, Object> event = new TreeMap<>(Map.of("id", "WH-matrix", "event_type", "TEST"));
        Request request = at().json(event);
        for (var header :
                Product.payPal().signature(Api.JSON.writeValueAsString(event)).entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }

    /** What came by bank transfer: it is refunded without asking anybody. */
    private static UUID transfer(World world) {
        return world.insert(
                """
                INSERT INTO payment (account_id, invoice_id, provider, provider_reference, status,
                    amount_minor, invoice_minor, currency, created_at, settled_at)
                SELECT account_id, id, 'bank_transfer', uuidv7()::text, 'succeeded', 100, 100,
                       'USD', now(), now()
                  FROM invoice WHERE account_id = ? ORDER BY id LIMIT 1
                """,
                world.accountId());
    }

    private static UUID event(World world) {
        return world.insert(
                """
                INSERT INTO provider_event (provider, event_id, type, payload, happened_at)
                VALUES ('stripe', uuidv7()::text, 'test', ?, now())
                """,
                (Object)
                        world.product()
                                .bean(SecretBox.class)
                                .seal("{}".getBytes(StandardCharsets.UTF_8)));
    }
}
