package com.igny8.testing;

import com.sun.net.httpserver.HttpExchange;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stripe on this machine: Checkout, payment intents, refunds, disputes, and signed events. Cards
 * are Stripe's documented test methods: {@code pm_card_visa} is good, {@code
 * pm_card_chargeDeclinedInsufficientFunds} and the like are not.
 */
public final class StripeStandIn extends StandIn {
    public static final String SECRET_KEY = "sk_test_standin";
    public static final String WEBHOOK_SECRET = "whsec_standin";
    public static final String GOOD_CARD = "pm_card_visa";
    public static final String EMPTY_CARD = "pm_card_chargeDeclinedInsufficientFunds";
    public static final String STRICT_CARD = "pm_card_authenticationRequired";

    private static final Map<String, String> DECLINES =
            Map.of(
                    EMPTY_CARD,
                    "insufficient_funds",
                    STRICT_CARD,
                    "authentication_required",
                    "pm_card_chargeDeclinedExpiredCard",
                    "expired_card");

    /** What tells the product where it is, and its keys. */
    public List<String> settings() {
        return List.of(
                "--igny8.stripe.base-url=" + address(),
                "--igny8.stripe.secret-key=" + SECRET_KEY,
                "--igny8.stripe.webhook-secret=" + WEBHOOK_SECRET);
    }

    @Override
    @Nullable Answer refusal(HttpExchange exchange) {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        return ("Bearer " + SECRET_KEY).equals(sent)
                ? null
                : error(401, "invalid_request_error", null, "Invalid API Key provided");
    }

    private static Answer error(int status, String type, @Nullable String code, String message) {
        ObjectNode answer = object();
        ObjectNode error = answer.putObject("error");
        error.put("type", type).put("message", message);
        if (code != null) {
            error.put("code", code);
        }
        return new Answer(status, answer);
    }

    @Override
    String keyHeader() {
        return "Idempotency-Key";
    }

    @Override
    Answer keyReused() {
        return error(
                400,
                "idempotency_error",
                null,
                "Keys for idempotent requests can only be used with the same parameters");
    }

    @Override
    Answer answer(Asked asked) {
        Map<String, String> form = Forms.parse(asked.body());
        String[] path = asked.path().substring("/v1/".length()).split("/", -1);
        String what = asked.method() + " " + path[0];
        return switch (what) {
            case "POST checkout" -> new Answer(200, session(form));
            case "GET checkout" -> read(path[2], this::expanded);
            case "POST payment_intents" -> pay(form);
            case "GET payment_intents" -> read(path[1], this::expanded);
            case "POST refunds" -> refund(form);
            case "GET refunds", "GET disputes" ->
                    new Answer(200, list(path[0], field(asked.query(), "payment_intent")));
            case "POST payment_methods" -> detach(path[1]);
            default -> error(404, "invalid_request_error", null, "Unrecognized request URL");
        };
    }

    private Answer read(String id, UnaryOperator<ObjectNode> shown) {
        ObjectNode found = find(id);
        return found == null
                ? error(404, "invalid_request_error", "resource_missing", "No such object: " + id)
                : new Answer(200, shown.apply(found));
    }

    private ObjectNode session(Map<String, String> form) {
        ObjectNode session = object();
        String id = newId("cs_test_");
        session.put("id", id).put("object", "checkout.session");
        session.put("mode", form.get("mode")).put("status", "open");
        session.put("payment_status", "unpaid").put("url", address() + "/c/pay/" + id);
        session.put("success_url", form.get("success_url"));
        session.put("currency", form.get("line_items[0][price_data][currency]"));
        if (form.containsKey("line_items[0][price_data][unit_amount]")) {
            session.put(
                    "amount_total",
                    Long.parseLong(form.get("line_items[0][price_data][unit_amount]")));
        }
        session.put("customer", form.getOrDefault("customer", newId("cus_")));
        session.put("keeps", form.get("payment_intent_data[setup_future_usage]"));
        copyMetadata(form, session);
        return keep(session);
    }

    private static void copyMetadata(Map<String, String> form, ObjectNode object) {
        ObjectNode metadata = object.putObject("metadata");
        form.forEach(
                (name, value) -> {
                    if (name.startsWith("metadata[")) {
                        metadata.put(name.substring(9, name.length() - 1), value);
                    }
                });
    }

    @Override
    boolean isPage(Asked asked) {
        return asked.path().startsWith("/c/pay/");
    }

    @Override
    URI pressed(Asked asked) {
        return customerPays(URI.create(address() + asked.path()), GOOD_CARD);
    }

    /** The customer gives a card on the page; where the page leads then: back, if it was good. */
    public URI customerPays(URI page, String card) {
        ObjectNode session =
                Objects.requireNonNull(
                        find(page.getPath().substring(page.getPath().lastIndexOf('/') + 1)));
        // What is given on a page is a payment method of its own, whatever the card
        String given = newId(card + "_");
        if ("setup".equals(session.path("mode").asString())) {
            finishSetup(session, given);
        } else if (!paid(session, given)) {
            return page;
        }
        session.put("status", "complete");
        emit("checkout.session.completed", session);
        tellIfAtOnce();
        return URI.create(
                session.path("success_url")
                        .asString()
                        .replace("{CHECKOUT_SESSION_ID}", session.path("id").asString()));
    }

    private void finishSetup(ObjectNode session, String card) {
        ObjectNode intent = object();
        intent.put("id", newId("seti_")).put("object", "setup_intent").put("status", "succeeded");
        intent.put("customer", session.path("customer").asString());
        intent.set("payment_method", method(card));
        session.set("setup_intent", keep(intent));
    }

    private boolean paid(ObjectNode session, String card) {
        ObjectNode intent =
                session.path("payment_intent") instanceof ObjectNode known
                        ? known
                        : intent(
                                session.path("amount_total").asLong(),
                                session.path("currency").asString(),
                                session.path("customer").asString());
        intent.set("metadata", session.path("metadata"));
        intent.set("setup_future_usage", session.path("keeps"));
        session.set("payment_intent", intent);
        charge(intent, card);
        boolean isGood = "succeeded".equals(intent.path("status").asString());
        session.put("payment_status", isGood ? "paid" : "unpaid");
        return isGood;
    }

    private ObjectNode intent(long amount, String currency, String customer) {
        ObjectNode intent = object();
        intent.put("id", newId("pi_")).put("object", "payment_intent");
        intent.put("amount", amount).put("currency", currency).put("customer", customer);
        return keep(intent);
    }

    private Answer pay(Map<String, String> form) {
        if (field(form, "payment_method").startsWith("pm_gone")) {
            return error(400, "invalid_request_error", "resource_missing", "No such PaymentMethod");
        }
        ObjectNode intent =
                intent(
                        Long.parseLong(field(form, "amount")),
                        field(form, "currency"),
                        field(form, "customer"));
        copyMetadata(form, intent);
        charge(intent, field(form, "payment_method"));
        if ("succeeded".equals(intent.path("status").asString())) {
            return new Answer(200, expanded(intent));
        }
        ObjectNode answer = object();
        ObjectNode error = intent.path("last_payment_error").deepCopy().asObject();
        error.set("payment_intent", expanded(intent));
        answer.set("error", error);
        return new Answer(402, answer);
    }

    private void charge(ObjectNode intent, String card) {
        intent.set("payment_method", method(card));
        String decline = decline(card);
        if (decline == null) {
            ObjectNode charge = object();
            charge.put("id", newId("ch_")).put("object", "charge").put("status", "succeeded");
            charge.put("payment_intent", intent.path("id").asString());
            intent.set("latest_charge", charge);
            intent.put("status", "succeeded").remove("last_payment_error");
            emit("payment_intent.succeeded", intent);
            emit("charge.succeeded", charge);
        } else {
            intent.put("status", "requires_payment_method");
            ObjectNode error = intent.putObject("last_payment_error");
            error.put("type", "card_error").put("message", "Your card was declined.");
            error.put("code", card.startsWith(STRICT_CARD) ? decline : "card_declined");
            error.put("decline_code", decline);
            emit("payment_intent.payment_failed", intent);
        }
    }

    private static @Nullable String decline(String card) {
        return DECLINES.entrySet().stream()
                .filter(decline -> card.startsWith(decline.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static ObjectNode method(String card) {
        ObjectNode method = object();
        method.put("id", card).put("object", "payment_method").put("type", "card");
        method.putObject("card")
                .put("brand", "visa")
                .put("last4", "4242")
                .put("exp_month", 8)
                .put("exp_year", 2031);
        return method;
    }

    private ObjectNode expanded(ObjectNode object) {
        return object.deepCopy();
    }

    private Answer refund(Map<String, String> form) {
        ObjectNode intent = find(field(form, "payment_intent"));
        if (intent == null) {
            return error(404, "invalid_request_error", "resource_missing", "No such intent");
        }
        long amount = Long.parseLong(field(form, "amount"));
        long left = intent.path("amount").asLong() - intent.path("gone").asLong(0);
        if (amount > left) {
            return error(
                    400,
                    "invalid_request_error",
                    "charge_already_refunded",
                    "Charge has already been refunded");
        }
        intent.put("gone", intent.path("gone").asLong(0) + amount);
        ObjectNode refund = object();
        refund.put("id", newId("re_")).put("object", "refund").put("status", "succeeded");
        refund.put("amount", amount).put("currency", intent.path("currency").asString());
        refund.put("payment_intent", intent.path("id").asString());
        copyMetadata(form, refund);
        emit("refund.created", keep(refund));
        emit("charge.refunded", intent.path("latest_charge").deepCopy().asObject());
        return new Answer(200, refund);
    }

    /** The operator refunds in Stripe's dashboard. */
    public void refundInDashboard(String intentId, long amount) {
        refund(Map.of("payment_intent", intentId, "amount", Long.toString(amount)));
        tellIfAtOnce();
    }

    /** The customer's bank wants a payment back; the id of the dispute. */
    public String disputes(String intentId) {
        ObjectNode intent = Objects.requireNonNull(find(intentId));
        ObjectNode dispute = object();
        dispute.put("id", newId("dp_")).put("object", "dispute").put("status", "needs_response");
        dispute.put("amount", intent.path("amount").asLong()).put("reason", "fraudulent");
        dispute.put("currency", intent.path("currency").asString());
        dispute.put("payment_intent", intentId);
        emit("charge.dispute.created", keep(dispute));
        tellIfAtOnce();
        return dispute.path("id").asString();
    }

    /** The bank decides, {@code won} or {@code lost}. */
    public void decides(String disputeId, String status) {
        ObjectNode dispute = Objects.requireNonNull(find(disputeId));
        emit("charge.dispute.closed", dispute.put("status", status));
        tellIfAtOnce();
    }

    /** What came in for an account less what went back, by Stripe's own books. */
    public long takenFor(UUID accountId) {
        return all("status", "succeeded").stream()
                .filter(
                        intent ->
                                intent.path("metadata")
                                        .path("account_id")
                                        .asString("")
                                        .equals(accountId.toString()))
                .mapToLong(
                        intent ->
                                intent.path("amount").asLong()
                                        - intent.path("gone").asLong(0)
                                        - lost(intent.path("id").asString()))
                .sum();
    }

    private long lost(String intentId) {
        return all("object", "dispute").stream()
                .filter(dispute -> dispute.path("payment_intent").asString("").equals(intentId))
                .filter(dispute -> dispute.path("status").asString("").equals("lost"))
                .mapToLong(dispute -> dispute.path("amount").asLong())
                .sum();
    }

    private ObjectNode list(String kind, String intentId) {
        ObjectNode list = object();
        list.put("object", "list").put("has_more", false).put("url", "/v1/" + kind);
        ArrayNode data = list.putArray("data");
        String object = kind.equals("refunds") ? "refund" : "dispute";
        all("object", object).stream()
                .filter(each -> each.path("payment_intent").asString("").equals(intentId))
                .forEach(data::add);
        return list;
    }

    private Answer detach(String id) {
        emit("payment_method.detached", method(id));
        return new Answer(200, method(id));
    }

    private void emit(String type, ObjectNode object) {
        ObjectNode event = object();
        event.put("id", newId("evt_")).put("object", "event").put("type", type);
        event.put("created", Instant.now().getEpochSecond()).put("livemode", false);
        ObjectNode shown = object.deepCopy();
        // In events what could be expanded is but an id
        for (String part : List.of("payment_intent", "payment_method", "setup_intent")) {
            if (shown.path(part) instanceof ObjectNode whole) {
                shown.put(part, whole.path("id").asString());
            }
        }
        shown.put("client_secret", "pi_secret_of_the_customer");
        event.putObject("data").set("object", shown);
        happened(event);
    }

    @Override
    public Map<String, String> signature(String body) {
        return Map.of("Stripe-Signature", sign(body, Instant.now()));
    }

    /** The header that Stripe would send with this at that moment. */
    public static String sign(String body, Instant at) {
        String time = Long.toString(at.getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + time + ",v1=" + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
