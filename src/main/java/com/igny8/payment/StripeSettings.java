package com.igny8.payment;

import org.springframework.boot.context.properties.ConfigurationProperties;

import java.net.URI;

/**
 * {@code IGNY8_STRIPE_*}.
 *
 * @param baseUrl where Stripe's API is; another one for tests
 * @param secretKey {@code sk_test_…}, or {@code sk_live_…} for real money
 * @param webhookSecret {@code whsec_…}, by which what Stripe sends is known to be from it
 */
@ConfigurationProperties("igny8.stripe")
record StripeSettings(URI baseUrl, String secretKey, String webhookSecret) {
    StripeSettings {
        ProviderAddress.require(baseUrl, "IGNY8_STRIPE_BASE_URL");
        secretKey = secretKey.strip();
        webhookSecret = webhookSecret.strip();
    }

    boolean areComplete() {
        return !secretKey.isEmpty() && !webhookSecret.isEmpty();
    }

    /** Keys have no business in a log. */
    @Override
    public String toString() {
        return "Stripe at " + baseUrl;
    }
}
