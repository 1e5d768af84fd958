package com.igny8.payment;

import com.igny8.kernel.Money;

import org.springframework.http.HttpHeaders;

import java.time.Duration;
import java.util.List;

/**
 * A company that takes money from customers for us.
 *
 * <p>No method may be called in a transaction: a provider takes its time. Each throws {@link
 * ProviderFailure}, and is safe to be called again with the same ids.
 */
sealed interface PaymentProvider permits StripeProvider, PayPalProvider {
    PaymentType type();

    /** Whether its keys are there; nothing else may be called without. */
    boolean isConfigured();

    /** 409 where it cannot take exactly this amount. */
    void requirePayable(Money amount);

    /** Opens a page on which the customer pays. */
    Checkout open(NewCheckout checkout);

    /** Opens a page on which the customer lets it keep a way to pay, without paying. */
    Checkout open(NewKeeping keeping);

    /** The customer may be done with a page: takes what they agreed to, and tells what there is. */
    List<Finding> finish(String checkoutReference);

    /** Charges what it keeps. */
    ProviderPayment charge(NewCharge charge);

    /** How a payment stands by now, by its name at the provider's. */
    List<Finding> present(String reference);

    /** For how long a charge that is sent again is not made again. */
    Duration remembersCharges();

    /** Sends money back. */
    ProviderPayment.Refunded refund(NewRefund refund);

    /** Keeps a way to pay no longer. */
    void forget(String methodReference);

    /** What was sent to our webhook; 400 where it is not from the provider. */
    Notice read(HttpHeaders headers, String body);

    /** How what a notice is about stands by now; empty for what is not ours. */
    List<Finding> look(Notice notice);
}
