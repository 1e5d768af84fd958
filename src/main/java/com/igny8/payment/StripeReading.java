package com.igny8.payment;

import com.igny8.kernel.Money;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Refund;
import com.stripe.model.StripeError;
import com.stripe.model.checkout.Session;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What Stripe's objects say of payments of ours; they carry our ids as metadata. */
final class StripeReading {
    static final String ACCOUNT = "account_id";
    static final String PAYMENT = "payment_id";
    static final String REFUND = "refund_id";
    static final String CHECKOUT = "checkout";
    static final String CHARGE = "charge";

    private static final String KIND = "kind";

    /** After which the same card is no use another day. */
    private static final Set<String> FINAL =
            Set.of(
                    "authentication_required",
                    "card_not_supported",
                    "currency_not_supported",
                    "expired_card",
                    "incorrect_number",
                    "invalid_account",
                    "lost_card",
                    "payment_intent_authentication_failure",
                    "pickup_card",
                    "resource_missing",
                    "stolen_card");

    private StripeReading() {}

    /** In one order in all processes: who asks again for another must ask the very same. */
    static Map<String, String> metadata(UUID accountId, UUID paymentId, String kind) {
        return new TreeMap<>(
                Map.of(ACCOUNT, accountId.toString(), PAYMENT, paymentId.toString(), KIND, kind));
    }

    /** Of a page on which nothing was paid so far. */
    static List<Finding> session(Session session) {
        Optional<UUID> accountId = id(session.getMetadata(), ACCOUNT);
        if (accountId.isEmpty()) {
            return List.of();
        }
        if ("setup".equals(session.getMode())) {
            return kept(session)
                    .<List<Finding>>map(method -> List.of(new MethodKept(accountId.get(), method)))
                    .orElse(List.of());
        }
        return id(session.getMetadata(), PAYMENT)
                .<List<Finding>>map(
                        paymentId ->
                                List.of(
                                        ProviderPayment.of(
                                                accountId.get(),
                                                paymentId,
                                                null,
                                                StripeAmount.read(
                                                        session.getAmountTotal(),
                                                        session.getCurrency()),
                                                "expired".equals(session.getStatus())
                                                        ? expired()
                                                        : new Outcome.Pending())))
                .orElse(List.of());
    }

    private static Optional<SavedMethod> kept(Session session) {
        return Optional.ofNullable(session.getSetupIntentObject())
                .filter(intent -> "succeeded".equals(intent.getStatus()))
                .flatMap(
                        intent ->
                                Optional.ofNullable(intent.getPaymentMethodObject())
                                        .flatMap(method -> saved(intent.getCustomer(), method)));
    }

    private static Optional<SavedMethod> saved(@Nullable String customer, PaymentMethod method) {
        return customer == null
                ? Optional.empty()
                : Optional.of(new SavedMethod(customer, method.getId(), details(method)));
    }

    private static Map<String, String> details(PaymentMethod method) {
        Map<String, String> details = new TreeMap<>();
        details.put("kind", method.getType());
        PaymentMethod.Card card = method.getCard();
        if (card != null) {
            details.put("brand", card.getBrand());
            details.put("last4", card.getLast4());
            details.put("expires", "%02d/%d".formatted(card.getExpMonth(), card.getExpYear()));
        }
        return details;
    }

    private static Outcome expired() {
        return new Outcome.Failed("checkout_expired", "The page to pay on was left", false);
    }

    /**
     * Of an intent; nothing where it is not ours.
     *
     * @param session how the page stands on which it is paid; null where nobody looked
     */
    static List<ProviderPayment> intent(PaymentIntent intent, @Nullable String session) {
        Optional<UUID> accountId = id(intent.getMetadata(), ACCOUNT);
        Optional<UUID> paymentId = id(intent.getMetadata(), PAYMENT);
        return accountId.isEmpty() || paymentId.isEmpty()
                ? List.of()
                : List.of(
                        payment(
                                accountId.get(),
                                paymentId.get(),
                                intent,
                                outcome(
                                        intent,
                                        CHARGE.equals(intent.getMetadata().get(KIND)),
                                        "expired".equals(session))));
    }

    private static Optional<UUID> id(@Nullable Map<String, String> metadata, String name) {
        try {
            return Optional.ofNullable(metadata).map(all -> all.get(name)).map(UUID::fromString);
        } catch (IllegalArgumentException somebodyElses) {
            return Optional.empty();
        }
    }

    private static ProviderPayment payment(
            UUID accountId, UUID paymentId, PaymentIntent intent, Outcome outcome) {
        boolean isKept =
                outcome instanceof Outcome.Succeeded
                        && "off_session".equals(intent.getSetupFutureUsage());
        PaymentMethod method = intent.getPaymentMethodObject();
        return new ProviderPayment(
                accountId,
                paymentId,
                intent.getId(),
                StripeAmount.read(intent.getAmount(), intent.getCurrency()),
                outcome,
                List.of(),
                List.of(),
                isKept && method != null ? saved(intent.getCustomer(), method).orElse(null) : null);
    }

    /** On a page the customer may try another card; without them there is nobody to do so. */
    private static Outcome outcome(PaymentIntent intent, boolean isCharge, boolean isPageGone) {
        return switch (intent.getStatus()) {
            case "succeeded" -> new Outcome.Succeeded();
            case "canceled" -> new Outcome.Failed("canceled", "The payment was canceled", true);
            case "requires_payment_method", "requires_action" -> {
                if (isCharge) {
                    yield failed(intent.getLastPaymentError());
                }
                yield isPageGone ? expired() : new Outcome.Pending();
            }
            default -> new Outcome.Pending();
        };
    }

    private static Outcome failed(@Nullable StripeError error) {
        if (error == null) {
            return new Outcome.Failed(
                    "authentication_required", "The bank wants the customer to confirm it", false);
        }
        String code =
                Objects.requireNonNullElse(
                        error.getDeclineCode(),
                        Objects.requireNonNullElse(error.getCode(), "declined"));
        return new Outcome.Failed(
                code,
                Objects.requireNonNullElse(error.getMessage(), "The card was declined"),
                !FINAL.contains(code) && !"do_not_try_again".equals(error.getAdviceCode()));
    }

    static ProviderPayment charged(NewCharge charge, PaymentIntent intent) {
        return payment(
                charge.accountId(), charge.paymentId(), intent, outcome(intent, true, false));
    }

    static ProviderPayment declined(NewCharge charge, StripeError error) {
        PaymentIntent intent = error.getPaymentIntent();
        return ProviderPayment.of(
                charge.accountId(),
                charge.paymentId(),
                intent == null ? null : intent.getId(),
                charge.amount(),
                failed(error));
    }

    static ProviderPayment with(
            ProviderPayment payment, List<Refund> refunds, List<Dispute> disputes) {
        return new ProviderPayment(
                payment.accountId(),
                payment.paymentId(),
                payment.reference(),
                payment.amount(),
                payment.outcome(),
                refunds.stream().map(StripeReading::refund).toList(),
                disputes.stream().map(StripeReading::dispute).toList(),
                payment.kept());
    }

    static ProviderPayment.Refunded refund(Refund refund) {
        return new ProviderPayment.Refunded(
                refund.getId(),
                id(refund.getMetadata(), REFUND).orElse(null),
                StripeAmount.read(refund.getAmount(), refund.getCurrency()),
                switch (refund.getStatus()) {
                    case "succeeded" -> RefundStatus.SUCCEEDED;
                    case "failed", "canceled" -> RefundStatus.FAILED;
                    default -> RefundStatus.PENDING;
                });
    }

    private static ProviderPayment.Disputed dispute(Dispute dispute) {
        Money amount = StripeAmount.read(dispute.getAmount(), dispute.getCurrency());
        return new ProviderPayment.Disputed(
                dispute.getId(),
                amount,
                Objects.requireNonNullElse(dispute.getReason(), "general"),
                switch (dispute.getStatus()) {
                    case "won", "warning_closed", "prevented" -> DisputeStatus.WON;
                    case "lost" -> DisputeStatus.LOST;
                    default -> DisputeStatus.OPEN;
                });
    }
}
