package com.igny8.payment;

import com.igny8.kernel.Money;
import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeError;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.DisputeListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Stripe: pages of Checkout, and charges of the cards that customers let it keep. */
@Component
final class StripeProvider implements PaymentProvider {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final Duration REMEMBERS = Duration.ofHours(23);

    /** Refunds and disputes of one payment that are read. */
    private static final long MOST = 100;

    private static final List<String> PARTS = List.of("latest_charge", "payment_method");

    private final StripeSettings settings;
    private final StripeClient client;
    private final JsonMapper json = JsonMapper.builder().build();

    StripeProvider(StripeSettings settings) {
        this.settings = settings;
        this.client =
                StripeClient.builder()
                        .setApiKey(settings.areComplete() ? settings.secretKey() : "none")
                        .setApiBase(settings.baseUrl().toString())
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setReadTimeout(READ_TIMEOUT_MILLIS)
                        // Ours also wait where there were too many requests
                        .setMaxNetworkRetries(0)
                        .build();
    }

    @Override
    public PaymentType type() {
        return PaymentType.STRIPE;
    }

    @Override
    public boolean isConfigured() {
        return settings.areComplete();
    }

    @Override
    public void requirePayable(Money amount) {
        StripeAmount.of(amount);
    }

    @Override
    public Checkout open(NewCheckout checkout) {
        return opened(StripeCheckout.of(checkout), "checkout-" + checkout.paymentId());
    }

    @Override
    public Checkout open(NewKeeping keeping) {
        return opened(StripeCheckout.of(keeping), "keep-" + UUID.randomUUID());
    }

    private Checkout opened(SessionCreateParams wanted, String key) {
        Session session = ask(() -> client.v1().checkout().sessions().create(wanted, once(key)));
        return new Checkout(session.getId(), URI.create(session.getUrl()));
    }

    @Override
    public List<Finding> finish(String checkoutReference) {
        var parts =
                SessionRetrieveParams.builder()
                        .addExpand("payment_intent.latest_charge")
                        .addExpand("payment_intent.payment_method")
                        .addExpand("setup_intent.payment_method")
                        .build();
        Session session =
                ask(() -> client.v1().checkout().sessions().retrieve(checkoutReference, parts));
        PaymentIntent intent = session.getPaymentIntentObject();
        return intent == null
                ? StripeReading.session(session)
                : withWhatCameAfter(StripeReading.intent(intent, session.getStatus()));
    }

    private List<Finding> withWhatCameAfter(List<ProviderPayment> found) {
        return found.stream().<Finding>map(this::withWhatCameAfter).toList();
    }

    private ProviderPayment withWhatCameAfter(ProviderPayment payment) {
        if (!(payment.outcome() instanceof Outcome.Succeeded)) {
            return payment;
        }
        String intent = Objects.requireNonNull(payment.reference());
        var refunds = RefundListParams.builder().setPaymentIntent(intent).setLimit(MOST).build();
        var disputes = DisputeListParams.builder().setPaymentIntent(intent).setLimit(MOST).build();
        return StripeReading.with(
                payment,
                ask(() -> client.v1().refunds().list(refunds)).getData(),
                ask(() -> client.v1().disputes().list(disputes)).getData());
    }

    @Override
    public ProviderPayment charge(NewCharge charge) {
        var intent =
                PaymentIntentCreateParams.builder()
                        .setAmount(StripeAmount.of(charge.amount()))
                        .setCurrency(StripeAmount.currency(charge.amount()))
                        .setCustomer(charge.customerReference())
                        .setPaymentMethod(charge.methodReference())
                        .setDescription(charge.description())
                        .setConfirm(true)
                        .setOffSession(true)
                        .addAllExpand(PARTS)
                        .putAllMetadata(
                                StripeReading.metadata(
                                        charge.accountId(),
                                        charge.paymentId(),
                                        StripeReading.CHARGE))
                        .build();
        return Retries.run(
                () -> {
                    try {
                        return StripeReading.charged(
                                charge,
                                client.v1()
                                        .paymentIntents()
                                        .create(intent, once("charge-" + charge.paymentId())));
                    } catch (CardException declined) {
                        return StripeReading.declined(charge, declined.getStripeError());
                    } catch (InvalidRequestException unusable) {
                        return unusable(charge, unusable);
                    } catch (StripeException failure) {
                        throw failure(failure);
                    }
                });
    }

    /** The card is there no more, or cannot be charged like this: as good as declined. */
    private static ProviderPayment unusable(NewCharge charge, InvalidRequestException refusal) {
        StripeError error = refusal.getStripeError();
        if (error == null
                || error.getCode() == null
                || Integer.valueOf(401).equals(refusal.getStatusCode())) {
            throw failure(refusal);
        }
        return StripeReading.declined(charge, error);
    }

    @Override
    public List<Finding> present(String reference) {
        var parts = PaymentIntentRetrieveParams.builder().addAllExpand(PARTS).build();
        return withWhatCameAfter(
                StripeReading.intent(
                        ask(() -> client.v1().paymentIntents().retrieve(reference, parts)), null));
    }

    @Override
    public Duration remembersCharges() {
        return REMEMBERS;
    }

    @Override
    public ProviderPayment.Refunded refund(NewRefund refund) {
        var wanted =
                RefundCreateParams.builder()
                        .setPaymentIntent(refund.reference())
                        .setAmount(StripeAmount.of(refund.amount()))
                        .putMetadata(StripeReading.REFUND, refund.refundId().toString())
                        .build();
        Refund made =
                ask(
                        () ->
                                client.v1()
                                        .refunds()
                                        .create(wanted, once("refund-" + refund.refundId())));
        return StripeReading.refund(made);
    }

    @Override
    public void forget(String methodReference) {
        ask(() -> client.v1().paymentMethods().detach(methodReference));
    }

    @Override
    public Notice read(HttpHeaders headers, String body) {
        return StripeWebhook.read(headers, body, settings.webhookSecret());
    }

    @Override
    public List<Finding> look(Notice notice) {
        JsonNode object = json.readTree(notice.payload()).path("data").path("object");
        return switch (object.path("object").asString("")) {
            case "checkout.session" -> finish(object.path("id").asString());
            case "payment_intent" -> present(object.path("id").asString());
            case "charge", "refund", "dispute" ->
                    object.path("payment_intent").isString()
                            ? present(object.path("payment_intent").asString())
                            : List.of();
            case "payment_method" ->
                    notice.type().equals("payment_method.detached")
                            ? List.of(new MethodGone(object.path("id").asString()))
                            : List.of();
            default -> List.of();
        };
    }

    private static RequestOptions once(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** A call of Stripe's library. */
    @FunctionalInterface
    private interface Call<T> {
        T run() throws StripeException;
    }

    private static <T> T ask(Call<T> call) {
        return Retries.run(
                () -> {
                    try {
                        return call.run();
                    } catch (StripeException failure) {
                        throw failure(failure);
                    }
                });
    }

    /** What Stripe says of it, without what we sent. */
    private static ProviderFailure failure(StripeException failure) {
        Integer status = failure.getStatusCode();
        String what =
                "%s %s, request %s"
                        .formatted(
                                status,
                                Objects.requireNonNullElse(
                                        failure.getCode(), failure.getClass().getSimpleName()),
                                failure.getRequestId());
        // Known otherwise, as asked by an earlier release: that one may well have been carried out
        boolean isUnknown =
                failure instanceof ApiConnectionException
                        || failure instanceof IdempotencyException
                        || status == null
                        || status == 409
                        || status == 429
                        || status >= 500;
        return isUnknown
                ? ProviderFailure.unreachable(PaymentType.STRIPE, what)
                : ProviderFailure.refused(PaymentType.STRIPE, what);
    }
}
