package com.igny8.testing;

import com.sun.net.httpserver.HttpExchange;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * PayPal on this machine: orders, captures, refunds, its vault, disputes, and events that it
 * vouches for when asked. A vaulted PayPal account whose id begins with {@code empty} is declined.
 */
public final class PayPalStandIn extends StandIn {
    public static final String CLIENT_ID = "client";
    public static final String CLIENT_SECRET = "client-secret";
    public static final String WEBHOOK_ID = "WH-STANDIN";
    public static final String EMPTY_ACCOUNT = "empty";

    private final AtomicInteger signIns = new AtomicInteger();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private volatile String token = "A21-first";

    /** What tells the product where it is, and its keys. */
    public List<String> settings() {
        return List.of(
                "--igny8.paypal.base-url=" + address(),
                "--igny8.paypal.client-id=" + CLIENT_ID,
                "--igny8.paypal.client-secret=" + CLIENT_SECRET,
                "--igny8.paypal.webhook-id=" + WEBHOOK_ID);
    }

    /** How often somebody signed in: tokens are to be kept. */
    public int signIns() {
        return signIns.get();
    }

    /** The tokens it gave out are good no more. */
    public void forgetsTokens() {
        token = "A21-" + signIns.get() + "-renewed";
    }

    @Override
    @Nullable Answer refusal(HttpExchange exchange) {
        String sentHeader = exchange.getRequestHeaders().getFirst("Authorization");
        String expected =
                exchange.getRequestURI().getPath().equals("/v1/oauth2/token")
                        ? "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (CLIENT_ID + ":" + CLIENT_SECRET)
                                                        .getBytes(StandardCharsets.UTF_8))
                        : "Bearer " + token;
        return expected.equals(sentHeader)
                ? null
                : error(401, "AUTHENTICATION_FAILURE", "TOKEN_EXPIRED", "Authentication failed");
    }

    private static Answer error(int status, String name, String issue, String description) {
        ObjectNode error = object();
        error.put("name", name).put("message", description).put("debug_id", "stand1n");
        error.putArray("details").addObject().put("issue", issue).put("description", description);
        return new Answer(status, error);
    }

    @Override
    String keyHeader() {
        return "PayPal-Request-Id";
    }

    @Override
    Answer keyReused() {
        return error(
                422, "UNPROCESSABLE_ENTITY", "DUPLICATE_REQUEST_ID", "Another request had this id");
    }

    @Override
    Answer answer(Asked asked) {
        String[] path = asked.path().split("/", -1);
        String last = path[path.length - 1];
        String what = asked.method() + " " + path[1] + "/" + path[2] + "/" + path[3];
        return switch (what) {
            case "POST v1/oauth2/token" -> signIn();
            case "POST v2/checkout/orders" ->
                    last.equals("capture") ? capture(path[4]) : order(JSON.readTree(asked.body()));
            case "GET v2/checkout/orders" -> read("O-", last);
            case "GET v2/payments/captures" -> read("C-", last);
            case "GET v1/customer/disputes" -> read("PP-D-", last);
            case "POST v2/payments/captures" -> refund(path[4], JSON.readTree(asked.body()));
            case "POST v3/vault/setup-tokens" -> setup(JSON.readTree(asked.body()));
            case "GET v3/vault/setup-tokens" -> read("S-", last);
            case "POST v3/vault/payment-tokens" -> keepPayer(JSON.readTree(asked.body()));
            case "DELETE v3/vault/payment-tokens" -> new Answer(204, JSON.missingNode());
            case "POST v1/notifications/verify-webhook-signature" ->
                    vouch(JSON.readTree(asked.body()));
            default -> error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID", "No such resource");
        };
    }

    private Answer signIn() {
        signIns.incrementAndGet();
        return new Answer(
                200,
                object().put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("expires_in", 32_400));
    }

    /** Each kind of thing has an address of its own, and is found at no other. */
    private Answer read(String kind, String id) {
        ObjectNode found = id.startsWith(kind) ? find(id) : null;
        return found == null
                ? error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID", "No such resource")
                : new Answer(200, found);
    }

    private Answer order(JsonNode asked) {
        JsonNode payer = asked.path("payment_source").path("paypal");
        String vaultId = payer.path("vault_id").asString("");
        if (vaultId.startsWith(EMPTY_ACCOUNT)) {
            return error(
                    422,
                    "UNPROCESSABLE_ENTITY",
                    "INSTRUMENT_DECLINED",
                    "The instrument presented was declined");
        }
        ObjectNode order = object();
        String id = newId("O-");
        order.put("id", id).put("intent", "CAPTURE");
        order.set("purchase_units", asked.path("purchase_units"));
        order.set("payment_source", asked.path("payment_source"));
        keep(order);
        if (!vaultId.isEmpty()) {
            complete(order);
            return new Answer(201, order);
        }
        order.put("status", "PAYER_ACTION_REQUIRED");
        order.putArray("links")
                .addObject()
                .put("rel", "payer-action")
                .put("href", address() + "/checkoutnow?token=" + id);
        return new Answer(200, order);
    }

    private void complete(ObjectNode order) {
        ObjectNode unit = order.path("purchase_units").path(0).asObject();
        ObjectNode capture = object();
        capture.put("id", newId("C-")).put("status", "COMPLETED");
        capture.set("amount", unit.path("amount"));
        capture.set("custom_id", unit.path("custom_id"));
        capture.putObject("supplementary_data")
                .putObject("related_ids")
                .put("order_id", order.path("id").asString());
        unit.putObject("payments").putArray("captures").add(keep(capture));
        order.put("status", "COMPLETED");
        emit("PAYMENT.CAPTURE.COMPLETED", "capture", capture);
        emit("CHECKOUT.ORDER.COMPLETED", "checkout-order", order);
    }

    @Override
    boolean isPage(Asked asked) {
        return asked.path().equals("/checkoutnow");
    }

    @Override
    URI pressed(Asked asked) {
        return customerApproves(field(asked.query(), "token"));
    }

    /** The customer agrees on the page; where it leads then. */
    public URI customerApproves(URI page) {
        return customerApproves(page.getQuery().substring("token=".length()));
    }

    private URI customerApproves(String id) {
        ObjectNode waiting = Objects.requireNonNull(find(id));
        waiting.put("status", "APPROVED");
        ObjectNode payer = waiting.path("payment_source").path("paypal").asObject();
        String back = payer.path("experience_context").path("return_url").asString();
        payer.put("email_address", "payer@example.com");
        if (waiting.path("purchase_units").isMissingNode()) {
            return URI.create(back + "?approval_token_id=" + id);
        }
        emit("CHECKOUT.ORDER.APPROVED", "checkout-order", waiting);
        tellIfAtOnce();
        return URI.create(back + "?token=" + id + "&PayerID=PAYER");
    }

    private Answer capture(String orderId) {
        ObjectNode order = find(orderId);
        if (order == null || !"APPROVED".equals(order.path("status").asString())) {
            String issue =
                    order != null && "COMPLETED".equals(order.path("status").asString())
                            ? "ORDER_ALREADY_CAPTURED"
                            : "ORDER_NOT_APPROVED";
            return error(422, "UNPROCESSABLE_ENTITY", issue, "The order cannot be captured");
        }
        ObjectNode payer = order.path("payment_source").path("paypal").asObject();
        if (!payer.path("attributes").path("vault").isMissingNode()) {
            ObjectNode vault = payer.path("attributes").path("vault").asObject();
            vault.put("id", newId("vault")).put("status", "VAULTED");
            vault.putObject("customer").put("id", newId("customer"));
        }
        complete(order);
        return new Answer(201, order);
    }

    private Answer refund(String captureId, JsonNode asked) {
        ObjectNode capture = find(captureId);
        if (capture == null) {
            return error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID", "No such capture");
        }
        ObjectNode refund = object();
        refund.put("id", newId("R-")).put("status", "COMPLETED");
        refund.set("amount", asked.path("amount"));
        refund.set("custom_id", asked.path("custom_id"));
        refund.putArray("links")
                .addObject()
                .put("rel", "up")
                .put("href", address() + "/v2/payments/captures/" + captureId);
        ObjectNode payments =
                orderOf(capture).path("purchase_units").path(0).path("payments").asObject();
        payments.withArray("refunds").add(refund);
        capture.put("status", "PARTIALLY_REFUNDED");
        emit("PAYMENT.CAPTURE.REFUNDED", "refund", refund);
        return new Answer(201, refund);
    }

    private ObjectNode orderOf(ObjectNode capture) {
        return Objects.requireNonNull(
                find(
                        capture.path("supplementary_data")
                                .path("related_ids")
                                .path("order_id")
                                .asString()));
    }

    private Answer setup(JsonNode asked) {
        ObjectNode setup = asked.deepCopy().asObject();
        String id = newId("S-");
        setup.put("id", id).put("status", "PAYER_ACTION_REQUIRED");
        setup.putArray("links")
                .addObject()
                .put("rel", "approve")
                .put("href", address() + "/checkoutnow?token=" + id);
        return new Answer(201, keep(setup));
    }

    private Answer keepPayer(JsonNode asked) {
        ObjectNode setup =
                Objects.requireNonNull(
                        find(asked.path("payment_source").path("token").path("id").asString()));
        ObjectNode kept = object().put("id", newId("vault"));
        kept.putObject("customer").put("id", newId("customer"));
        kept.set("payment_source", setup.path("payment_source"));
        emit("VAULT.PAYMENT-TOKEN.CREATED", "payment_token", kept);
        return new Answer(201, kept);
    }

    /** The customer wants a payment back; the id of the dispute. */
    public String disputes(String captureId) {
        ObjectNode capture = Objects.requireNonNull(find(captureId));
        ObjectNode dispute = object();
        String id = newId("PP-D-");
        dispute.put("id", id).put("dispute_id", id).put("status", "OPEN");
        dispute.put("reason", "MERCHANDISE_OR_SERVICE_NOT_RECEIVED");
        dispute.set("dispute_amount", capture.path("amount"));
        dispute.putArray("disputed_transactions")
                .addObject()
                .put("seller_transaction_id", captureId);
        emit("CUSTOMER.DISPUTE.CREATED", "dispute", keep(dispute));
        tellIfAtOnce();
        return id;
    }

    /** PayPal decides, {@code RESOLVED_BUYER_FAVOUR} or {@code RESOLVED_SELLER_FAVOUR}. */
    public void decides(String disputeId, String outcome) {
        ObjectNode dispute = Objects.requireNonNull(find(disputeId));
        dispute.put("status", "RESOLVED").putObject("dispute_outcome").put("outcome_code", outcome);
        emit("CUSTOMER.DISPUTE.RESOLVED", "dispute", dispute);
        tellIfAtOnce();
    }

    private void emit(String type, String resourceType, ObjectNode resource) {
        ObjectNode event = object();
        event.put("id", newId("WH-")).put("event_type", type).put("resource_type", resourceType);
        event.put("create_time", Instant.now().toString());
        event.set("resource", resource.deepCopy());
        happened(event);
    }

    @Override
    public Map<String, String> signature(String body) {
        sent.add(JSON.readTree(body).toString());
        return Map.of(
                "PAYPAL-AUTH-ALGO", "SHA256withRSA",
                "PAYPAL-CERT-URL", "https://api.paypal.com/v1/notifications/certs/CERT-standin",
                "PAYPAL-TRANSMISSION-ID", "transmission",
                "PAYPAL-TRANSMISSION-SIG", "signature",
                "PAYPAL-TRANSMISSION-TIME", Instant.now().toString());
    }

    /** Whether it has sent exactly this. */
    private Answer vouch(JsonNode question) {
        boolean isOurs =
                question.path("webhook_id").asString("").equals(WEBHOOK_ID)
                        && question.path("transmission_sig").asString("").equals("signature")
                        && sent.contains(question.path("webhook_event").toString());
        return new Answer(200, object().put("verification_status", isOurs ? "SUCCESS" : "FAILURE"));
    }
}
