package com.igny8.payment;

import com.igny8.kernel.Money;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What PayPal is asked for, as its API wants it said. */
final class PayPalRequests {
    private PayPalRequests() {}

    /** An order that the customer approves on a page. */
    static Map<String, Object> order(NewCheckout checkout) {
        Map<String, Object> payer = new LinkedHashMap<>();
        Map<String, String> context = new LinkedHashMap<>(context(checkout.backTo()));
        context.put("user_action", "PAY_NOW");
        payer.put("experience_context", context);
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
        return order(
                unit(
                        checkout.accountId(),
                        checkout.paymentId(),
                        checkout.description(),
                        checkout.amount()),
                payer);
    }

    private static Map<String, String> context(NewCheckout.Back back) {
        return Map.of(
                "return_url", back.whenDone().toString(),
                "cancel_url", back.whenCancelled().toString(),
                "shipping_preference", "NO_SHIPPING");
    }

    private static Map<String, Object> unit(
            UUID accountId, UUID paymentId, String description, Money amount) {
        return Map.of(
                "custom_id",
                PayPalReading.customId(accountId, paymentId),
                "invoice_id",
                paymentId.toString(),
                "description",
                description,
                "amount",
                PayPalAmount.of(amount));
    }

    private static Map<String, Object> order(Map<String, Object> unit, Map<String, ?> payer) {
        return Map.of(
                "intent", "CAPTURE",
                "purchase_units", List.of(unit),
                "payment_source", Map.of("paypal", payer));
    }

    /** An order that is paid at once, by the account that PayPal keeps. */
    static Map<String, Object> order(NewCharge charge) {
        return order(
                unit(
                        charge.accountId(),
                        charge.paymentId(),
                        charge.description(),
                        charge.amount()),
                Map.of(
                        "vault_id",
                        charge.methodReference(),
                        "stored_credential",
                        Map.of(
                                "payment_initiator", "MERCHANT",
                                "usage", "SUBSEQUENT",
                                "usage_pattern", "SUBSCRIPTION_PREPAID")));
    }

    /** Leave to keep an account, to be given on a page. */
    static Map<String, Object> setup(NewKeeping keeping) {
        return Map.of(
                "customer",
                Map.of("merchant_customer_id", keeping.accountId().toString()),
                "payment_source",
                Map.of(
                        "paypal",
                        Map.of(
                                "usage_type",
                                "MERCHANT",
                                "experience_context",
                                context(keeping.backTo()))));
    }

    /** To keep what leave was given for. */
    static Map<String, Object> keeping(String setupToken) {
        return Map.of(
                "payment_source",
                Map.of("token", Map.of("id", setupToken, "type", "SETUP_TOKEN")));
    }

    static Map<String, Object> refund(NewRefund refund) {
        return Map.of(
                "amount",
                PayPalAmount.of(refund.amount()),
                "custom_id",
                refund.refundId().toString());
    }
}
