package com.igny8.payment;

import com.stripe.param.checkout.SessionCreateParams;

/** Pages of Stripe's Checkout, as they are asked for. */
final class StripeCheckout {
    private StripeCheckout() {}

    static SessionCreateParams of(NewCheckout checkout) {
        var metadata =
                StripeReading.metadata(
                        checkout.accountId(), checkout.paymentId(), StripeReading.CHECKOUT);
        var intent =
                SessionCreateParams.PaymentIntentData.builder()
                        .setDescription(checkout.description())
                        .putAllMetadata(metadata);
        if (checkout.keepsMethod()) {
            intent.setSetupFutureUsage(
                    SessionCreateParams.PaymentIntentData.SetupFutureUsage.OFF_SESSION);
        }
        var session =
                page(checkout.backTo())
                        .setMode(SessionCreateParams.Mode.PAYMENT)
                        .setClientReferenceId(checkout.paymentId().toString())
                        .putAllMetadata(metadata)
                        .addLineItem(line(checkout))
                        .setPaymentIntentData(intent.build());
        if (checkout.customerReference() != null) {
            return session.setCustomer(checkout.customerReference()).build();
        }
        if (checkout.keepsMethod()) {
            session.setCustomerCreation(SessionCreateParams.CustomerCreation.ALWAYS);
        }
        return session.setCustomerEmail(checkout.email()).build();
    }

    private static SessionCreateParams.Builder page(NewCheckout.Back back) {
        return SessionCreateParams.builder()
                // Stripe puts the id of the session where the braces stand
                .setSuccessUrl(back.whenDone() + "?reference={CHECKOUT_SESSION_ID}")
                .setCancelUrl(back.whenCancelled().toString());
    }

    private static SessionCreateParams.LineItem line(NewCheckout checkout) {
        return SessionCreateParams.LineItem.builder()
                .setQuantity(1L)
                .setPriceData(
                        SessionCreateParams.LineItem.PriceData.builder()
                                .setCurrency(StripeAmount.currency(checkout.amount()))
                                .setUnitAmount(StripeAmount.of(checkout.amount()))
                                .setProductData(
                                        SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                                .setName(checkout.description())
                                                .build())
                                .build())
                .build();
    }

    static SessionCreateParams of(NewKeeping keeping) {
        var session =
                page(keeping.backTo())
                        .setMode(SessionCreateParams.Mode.SETUP)
                        // Asked for where no amount says it, to know which ways to pay there are
                        .setCurrency("usd")
                        .putMetadata(StripeReading.ACCOUNT, keeping.accountId().toString());
        return keeping.customerReference() == null
                ? session.setCustomerEmail(keeping.email())
                        .setCustomerCreation(SessionCreateParams.CustomerCreation.ALWAYS)
                        .build()
                : session.setCustomer(keeping.customerReference()).build();
    }
}
