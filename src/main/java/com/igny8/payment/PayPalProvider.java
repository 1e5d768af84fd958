package com.igny8.payment;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * PayPal: orders that customers approve on its pages, and charges of the PayPal accounts they let
 * it keep (its vault). Over its REST API, see decision 011.
 */
@Component
final class PayPalProvider implements PaymentProvider {
    private static final String ORDERS = "/v2/checkout/orders";
    private static final String CAPTURES = "/v2/payments/captures/";
    private static final String SETUP_TOKENS = "/v3/vault/setup-tokens";
    private static final String PAYMENT_TOKENS = "/v3/vault/payment-tokens";
    private static final Duration REMEMBERS = Duration.ofHours(5);

    /** Its ids stand in our addresses, so they are nothing but ids. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** What it sends with an event, to show that it is from it. */
    private static final Map<String, String> SIGNATURE =
            Map.of(
                    "auth_algo", "PAYPAL-AUTH-ALGO",
                    "cert_url", "PAYPAL-CERT-URL",
                    "transmission_id", "PAYPAL-TRANSMISSION-ID",
                    "transmission_sig", "PAYPAL-TRANSMISSION-SIG",
                    "transmission_time", "PAYPAL-TRANSMISSION-TIME");

    private final PayPalSettings settings;
    private final PayPalConnection connection;
    private final JsonMapper json = JsonMapper.builder().build();

    PayPalProvider(PayPalSettings settings, PayPalConnection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    @Override
    public PaymentType type() {
        return PaymentType.PAYPAL;
    }

    @Override
    public boolean isConfigured() {
        return settings.areComplete();
    }

    @Override
    public Checkout open(NewCheckout checkout) {
        Map<String, Object> payer = new LinkedHashMap<>();
        payer.put("experience_context", context(checkout.backTo(), "PAY_NOW"));
        if (checkout.keepsMethod()) {
            payer.put(
                    "attributes",
                    Map.of(
                            "vault",
                            Map.of(
                                    "store_in_vault", "ON_SUCCESS",
                                    "usage_type", "MERCHANT",
                                    "customer_type", "CONSUMER")));
        }
        JsonNode order =
                connection
                        .post(
                                ORDERS,
                                Map.of(
                                        "intent",
                                        "CAPTURE",
                                        "purchase_units",
                                        List.of(unit(checkout)),
                                        "payment_source",
                                        Map.of("paypal", payer)),
                                "checkout-" + checkout.paymentId())
                        .require();
        return page(order, "payer-action");
    }

    private static Map<String, Object> unit(NewCheckout checkout) {
        return Map.of(
                "custom_id",
                PayPalReading.customId(checkout.accountId(), checkout.paymentId()),
                "invoice_id",
                checkout.paymentId().toString(),
                "description",
                checkout.description(),
                "amount",
                PayPalAmount.of(checkout.amount()));
    }

    private static Map<String, String> context(NewCheckout.Back back, String action) {
        return Map.of(
                "return_url", back.whenDone().toString(),
                "cancel_url", back.whenCancelled().toString(),
                "shipping_preference", "NO_SHIPPING",
                "user_action", action);
    }

    private static Checkout page(JsonNode made, String relation) {
        for (JsonNode link : made.path("links")) {
            if (link.path("rel").asString("").equals(relation)) {
                return new Checkout(
                        made.path("id").asString(), URI.create(link.path("href").asString()));
            }
        }
        throw ProviderFailure.refused(PaymentType.PAYPAL, "no page for the customer");
    }

    @Override
    public Checkout open(NewKeeping keeping) {
        Map<String, Object> payer =
                Map.of(
                        "usage_type",
                        "MERCHANT",
                        "experience_context",
                        Map.of(
                                "return_url", keeping.backTo().whenDone().toString(),
                                "cancel_url", keeping.backTo().whenCancelled().toString(),
                                "shipping_preference", "NO_SHIPPING"));
        JsonNode made =
                connection
                        .post(
                                SETUP_TOKENS,
                                Map.of(
                                        "customer",
                                        Map.of(
                                                "merchant_customer_id",
                                                keeping.accountId().toString()),
                                        "payment_source",
                                        Map.of("paypal", payer)),
                                UUID.randomUUID().toString())
                        .require();
        return page(made, "approve");
    }

    /** Orders are the rule; what is none may be a way to pay that the customer agreed to keep. */
    @Override
    public List<Finding> finish(String checkoutReference) {
        PayPalConnection.Reply reply = connection.get(ORDERS + "/" + id(checkoutReference));
        return switch (reply.status()) {
            case 404 -> keep(checkoutReference);
            default -> order(reply.require());
        };
    }

    private List<Finding> order(JsonNode order) {
        if (!"APPROVED".equals(order.path("status").asString())) {
            return PayPalReading.order(order);
        }
        String reference = order.path("id").asString();
        PayPalConnection.Reply captured =
                connection.post(
                        ORDERS + "/" + id(reference) + "/capture", "{}", "capture-" + reference);
        return switch (captured.status()) {
            // Declined, or captured by whoever came first: the order tells
            case 422 -> PayPalReading.refused(order, captured, () -> reread(reference));
            default -> PayPalReading.order(captured.require());
        };
    }

    private JsonNode reread(String order) {
        return connection.get(ORDERS + "/" + id(order)).require();
    }

    private List<Finding> keep(String setupToken) {
        PayPalConnection.Reply setup = connection.get(SETUP_TOKENS + "/" + id(setupToken));
        if (setup.status() == 404 || !"APPROVED".equals(setup.body().path("status").asString())) {
            return List.of();
        }
        JsonNode kept =
                connection
                        .post(
                                PAYMENT_TOKENS,
                                Map.of(
                                        "payment_source",
                                        Map.of(
                                                "token",
                                                Map.of("id", setupToken, "type", "SETUP_TOKEN"))),
                                "keep-" + setupToken)
                        .require();
        return PayPalReading.kept(setup.body(), kept);
    }

    @Override
    public ProviderPayment charge(NewCharge charge) {
        Map<String, Object> payer =
                Map.of(
                        "vault_id",
                        charge.methodReference(),
                        "stored_credential",
                        Map.of(
                                "payment_initiator", "MERCHANT",
                                "usage", "SUBSEQUENT",
                                "usage_pattern", "SUBSCRIPTION_PREPAID"));
        Map<String, Object> unit =
                Map.of(
                        "custom_id",
                        PayPalReading.customId(charge.accountId(), charge.paymentId()),
                        "invoice_id",
                        charge.paymentId().toString(),
                        "description",
                        charge.description(),
                        "amount",
                        PayPalAmount.of(charge.amount()));
        PayPalConnection.Reply reply =
                connection.post(
                        ORDERS,
                        Map.of(
                                "intent",
                                "CAPTURE",
                                "purchase_units",
                                List.of(unit),
                                "payment_source",
                                Map.of("paypal", payer)),
                        "charge-" + charge.paymentId());
        return switch (reply.status()) {
            case 404, 422 -> PayPalReading.declined(charge, reply);
            default -> PayPalReading.charged(charge, reply.require());
        };
    }

    @Override
    public List<Finding> present(String reference) {
        PayPalConnection.Reply reply = connection.get(CAPTURES + id(reference));
        String order = reply.status() == 404 ? null : PayPalReading.orderOf(reply.require());
        return order == null ? List.of() : finish(order);
    }

    @Override
    public Duration remembersCharges() {
        return REMEMBERS;
    }

    @Override
    public ProviderPayment.Refunded refund(NewRefund refund) {
        JsonNode made =
                connection
                        .post(
                                CAPTURES + id(refund.reference()) + "/refund",
                                Map.of(
                                        "amount",
                                        PayPalAmount.of(refund.amount()),
                                        "custom_id",
                                        refund.refundId().toString()),
                                "refund-" + refund.refundId())
                        .require();
        return PayPalReading.refund(made);
    }

    @Override
    public void forget(String methodReference) {
        PayPalConnection.Reply reply =
                connection.delete(PAYMENT_TOKENS + "/" + id(methodReference));
        if (reply.status() != 404) {
            reply.require();
        }
    }

    /** PayPal itself says whether it sent this: the documented way that needs no certificates. */
    @Override
    public Notice read(HttpHeaders headers, String body) {
        JsonNode event = event(body);
        Map<String, String> signature = new LinkedHashMap<>();
        SIGNATURE.forEach(
                (field, header) ->
                        signature.put(
                                field,
                                Optional.ofNullable(headers.getFirst(header))
                                        .orElseThrow(PayPalProvider::forged)));
        signature.put("webhook_id", settings.webhookId());
        // The event goes back letter by letter as it came: read and written anew it would differ
        String question = json.writeValueAsString(signature);
        JsonNode answer =
                connection
                        .post(
                                "/v1/notifications/verify-webhook-signature",
                                question.substring(0, question.length() - 1)
                                        + ",\"webhook_event\":"
                                        + body
                                        + "}",
                                UUID.randomUUID().toString())
                        .require();
        if (!"SUCCESS".equals(answer.path("verification_status").asString())) {
            throw forged();
        }
        return new Notice(
                event.path("id").asString(),
                event.path("event_type").asString(),
                moment(event.path("create_time").asString("")),
                body);
    }

    private static Problem forged() {
        return Problem.badRequest("signature_invalid", "This is not signed by PayPal");
    }

    /** One object, whole: what follows it would be taken for a part of our question. */
    private JsonNode event(String body) {
        try {
            JsonNode event = json.readTree(body);
            if (event.isObject()
                    && event.path("id").isString()
                    && event.path("event_type").isString()) {
                return event;
            }
        } catch (JacksonException notJson) {
            throw Problem.badRequest("malformed", "This is not an event of PayPal");
        }
        throw Problem.badRequest("malformed", "This is not an event of PayPal");
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException unknown) {
            return Instant.EPOCH;
        }
    }

    @Override
    public List<Finding> look(Notice notice) {
        JsonNode event = json.readTree(notice.payload());
        JsonNode resource = event.path("resource");
        return switch (event.path("resource_type").asString("")) {
            case "checkout-order" -> finish(resource.path("id").asString());
            case "capture", "refund" -> payment(resource);
            case "dispute" -> dispute(resource.path("dispute_id").asString());
            case "payment_token" -> token(notice.type(), resource);
            default -> List.of();
        };
    }

    /** A capture names its order; a refund names its capture. */
    private List<Finding> payment(JsonNode resource) {
        String order = PayPalReading.orderOf(resource);
        return order != null
                ? finish(order)
                : PayPalReading.captureOf(resource).map(this::present).orElse(List.of());
    }

    private List<Finding> dispute(String id) {
        JsonNode dispute = connection.get("/v1/customer/disputes/" + id(id)).require();
        @Nullable String capture = PayPalReading.disputedCapture(dispute);
        return capture == null
                ? List.of()
                : present(capture).stream()
                        .map(found -> PayPalReading.with(found, dispute))
                        .toList();
    }

    private List<Finding> token(String type, JsonNode resource) {
        if (type.equals("VAULT.PAYMENT-TOKEN.DELETED")) {
            return List.of(new MethodGone(resource.path("id").asString()));
        }
        String order = resource.path("metadata").path("order_id").asString("");
        return order.isEmpty() ? List.of() : finish(order);
    }

    private static String id(String text) {
        if (!ID.matcher(Objects.requireNonNullElse(text, "")).matches()) {
            throw Problem.badRequest("malformed", "This is not an id of PayPal's");
        }
        return text;
    }
}
