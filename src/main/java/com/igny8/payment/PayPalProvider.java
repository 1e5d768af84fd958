package com.igny8.payment;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

    private final PayPalSettings settings;
    private final PayPalConnection connection;
    private final PayPalWebhook webhook;
    private final JsonMapper json = JsonMapper.builder().build();

    PayPalProvider(PayPalSettings settings, PayPalConnection connection) {
        this.settings = settings;
        this.connection = connection;
        this.webhook = new PayPalWebhook(settings, connection);
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
        return page(
                connection
                        .post(
                                ORDERS,
                                PayPalRequests.order(checkout),
                                "checkout-" + checkout.paymentId())
                        .require(),
                "payer-action");
    }

    @Override
    public Checkout open(NewKeeping keeping) {
        return page(
                connection
                        .post(
                                SETUP_TOKENS,
                                PayPalRequests.setup(keeping),
                                UUID.randomUUID().toString())
                        .require(),
                "approve");
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
                                PayPalRequests.keeping(setupToken),
                                "keep-" + setupToken)
                        .require();
        return PayPalReading.kept(setup.body(), kept);
    }

    @Override
    public ProviderPayment charge(NewCharge charge) {
        PayPalConnection.Reply reply =
                connection.post(
                        ORDERS, PayPalRequests.order(charge), "charge-" + charge.paymentId());
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
                                PayPalRequests.refund(refund),
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

    @Override
    public Notice read(HttpHeaders headers, String body) {
        return webhook.read(headers, body);
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
