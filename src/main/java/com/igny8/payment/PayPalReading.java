package com.igny8.payment;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** What PayPal's objects say of payments of ours; they carry our ids as {@code custom_id}. */
final class PayPalReading {
    /** After which the same PayPal account is no use another day. */
    private static final Set<String> FINAL =
            Set.of(
                    "PAYER_ACCOUNT_LOCKED_OR_CLOSED",
                    "PAYER_ACCOUNT_RESTRICTED",
                    "PAYER_CANNOT_PAY",
                    "PAYER_CONSENT_REQUIRED",
                    "RESOURCE_NOT_FOUND",
                    "TOKEN_ID_NOT_FOUND",
                    "VAULT_ID_NOT_FOUND");

    private PayPalReading() {}

    /** Whose payment it is, in the field that PayPal gives back with all that concerns it. */
    static String customId(UUID accountId, UUID paymentId) {
        return accountId + ":" + paymentId;
    }

    private record Ids(UUID accountId, UUID paymentId) {
        static Optional<Ids> of(String customId) {
            String[] parts = customId.split(":", -1);
            try {
                return parts.length == 2
                        ? Optional.of(new Ids(UUID.fromString(parts[0]), UUID.fromString(parts[1])))
                        : Optional.empty();
            } catch (IllegalArgumentException somebodyElses) {
                return Optional.empty();
            }
        }
    }

    /** Nothing where it is not ours. */
    static List<Finding> order(JsonNode order) {
        return ours(order, outcome(order)).<List<Finding>>map(List::of).orElse(List.of());
    }

    private static Optional<ProviderPayment> ours(JsonNode order, Outcome outcome) {
        JsonNode unit = order.path("purchase_units").path(0);
        JsonNode capture = capture(unit);
        return Ids.of(unit.path("custom_id").asString(""))
                .map(
                        ids ->
                                new ProviderPayment(
                                        ids.accountId(),
                                        ids.paymentId(),
                                        capture.isMissingNode()
                                                ? null
                                                : capture.path("id").asString(),
                                        PayPalAmount.read(
                                                (capture.isMissingNode() ? unit : capture)
                                                        .path("amount")),
                                        outcome,
                                        refunds(unit),
                                        List.of(),
                                        kept(order)));
    }

    private static JsonNode capture(JsonNode unit) {
        return unit.path("payments").path("captures").path(0);
    }

    private static List<ProviderPayment.Refunded> refunds(JsonNode unit) {
        List<ProviderPayment.Refunded> refunds = new ArrayList<>();
        unit.path("payments").path("refunds").forEach(refund -> refunds.add(refund(refund)));
        return refunds;
    }

    static ProviderPayment.Refunded refund(JsonNode refund) {
        return new ProviderPayment.Refunded(
                refund.path("id").asString(),
                uuid(refund.path("custom_id").asString("")),
                PayPalAmount.read(refund.path("amount")),
                switch (refund.path("status").asString("")) {
                    case "COMPLETED" -> RefundStatus.SUCCEEDED;
                    case "CANCELLED", "FAILED" -> RefundStatus.FAILED;
                    default -> RefundStatus.PENDING;
                });
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static @Nullable SavedMethod kept(JsonNode order) {
        JsonNode payer = order.path("payment_source").path("paypal");
        JsonNode vault = payer.path("attributes").path("vault");
        return "VAULTED".equals(vault.path("status").asString(""))
                ? new SavedMethod(
                        vault.path("customer").path("id").asString(""),
                        vault.path("id").asString(),
                        Map.of("email", payer.path("email_address").asString("")))
                : null;
    }

    private static Outcome outcome(JsonNode order) {
        return switch (order.path("status").asString("")) {
            case "COMPLETED" -> captured(capture(order.path("purchase_units").path(0)));
            case "VOIDED" ->
                    new Outcome.Failed("checkout_expired", "The page to pay on was left", false);
            default -> new Outcome.Pending();
        };
    }

    private static Outcome captured(JsonNode capture) {
        return switch (capture.path("status").asString("")) {
            case "COMPLETED", "REFUNDED", "PARTIALLY_REFUNDED" -> new Outcome.Succeeded();
            case "DECLINED", "FAILED" ->
                    new Outcome.Failed(
                            capture.path("status_details").path("reason").asString("DECLINED"),
                            "PayPal declined the payment",
                            true);
            default -> new Outcome.Pending();
        };
    }

    /** Somebody else may have captured it before; then the order as it is now tells. */
    static List<Finding> refused(
            JsonNode order, PayPalConnection.Reply reply, Supplier<JsonNode> present) {
        return reply.issue().equals("ORDER_ALREADY_CAPTURED")
                ? order(present.get())
                : ours(order, failed(reply)).<List<Finding>>map(List::of).orElse(List.of());
    }

    private static Outcome failed(PayPalConnection.Reply reply) {
        return new Outcome.Failed(reply.issue(), reply.sentence(), !FINAL.contains(reply.issue()));
    }

    static ProviderPayment declined(NewCharge charge, PayPalConnection.Reply reply) {
        return ProviderPayment.of(
                charge.accountId(), charge.paymentId(), null, charge.amount(), failed(reply));
    }

    static ProviderPayment charged(NewCharge charge, JsonNode order) {
        return ours(order, outcome(order))
                .orElseGet(
                        () ->
                                ProviderPayment.of(
                                        charge.accountId(),
                                        charge.paymentId(),
                                        null,
                                        charge.amount(),
                                        outcome(order)));
    }

    static List<Finding> kept(JsonNode setupToken, JsonNode paymentToken) {
        UUID accountId =
                uuid(setupToken.path("customer").path("merchant_customer_id").asString(""));
        return accountId == null
                ? List.of()
                : List.of(
                        new MethodKept(
                                accountId,
                                new SavedMethod(
                                        paymentToken.path("customer").path("id").asString(""),
                                        paymentToken.path("id").asString(),
                                        Map.of(
                                                "email",
                                                paymentToken
                                                        .path("payment_source")
                                                        .path("paypal")
                                                        .path("email_address")
                                                        .asString("")))));
    }

    /** Of a capture: the order it belongs to; null where it does not say. */
    static @Nullable String orderOf(JsonNode capture) {
        String order =
                capture.path("supplementary_data")
                        .path("related_ids")
                        .path("order_id")
                        .asString("");
        return order.isEmpty() ? null : order;
    }

    /** Of a refund: the capture it takes back, which it tells by a link. */
    static Optional<String> captureOf(JsonNode refund) {
        return StreamSupport.stream(refund.path("links").spliterator(), false)
                .filter(link -> link.path("rel").asString("").equals("up"))
                .map(link -> link.path("href").asString(""))
                .map(address -> address.substring(address.lastIndexOf('/') + 1))
                .findFirst();
    }

    static @Nullable String disputedCapture(JsonNode dispute) {
        String capture =
                dispute.path("disputed_transactions")
                        .path(0)
                        .path("seller_transaction_id")
                        .asString("");
        return capture.isEmpty() ? null : capture;
    }

    /** The payment with a dispute of it. */
    static Finding with(Finding found, JsonNode dispute) {
        return switch (found) {
            case ProviderPayment payment ->
                    new ProviderPayment(
                            payment.accountId(),
                            payment.paymentId(),
                            payment.reference(),
                            payment.amount(),
                            payment.outcome(),
                            payment.refunds(),
                            List.of(disputed(dispute)),
                            payment.kept());
            case MethodKept other -> other;
            case MethodGone other -> other;
        };
    }

    private static ProviderPayment.Disputed disputed(JsonNode dispute) {
        Money amount = PayPalAmount.read(dispute.path("dispute_amount"));
        return new ProviderPayment.Disputed(
                dispute.path("dispute_id").asString(),
                amount,
                dispute.path("reason").asString("OTHER"),
                "RESOLVED".equals(dispute.path("status").asString(""))
                        ? decided(dispute.path("dispute_outcome").path("outcome_code").asString(""))
                        : DisputeStatus.OPEN);
    }

    private static DisputeStatus decided(String outcome) {
        return switch (outcome) {
            case "RESOLVED_BUYER_FAVOUR", "ACCEPTED" -> DisputeStatus.LOST;
            default -> DisputeStatus.WON;
        };
    }
}
