package com.igny8.payment;

import org.springframework.boot.context.properties.ConfigurationProperties;

import java.net.URI;

/**
 * {@code IGNY8_PAYPAL_*}.
 *
 * @param baseUrl where PayPal's API is; {@code https://api-m.sandbox.paypal.com} for test keys
 * @param webhookId of the webhook that leads to us, by which PayPal says what it has sent
 */
@ConfigurationProperties("igny8.paypal")
record PayPalSettings(URI baseUrl, String clientId, String clientSecret, String webhookId) {
    PayPalSettings {
        ProviderAddress.require(baseUrl, "IGNY8_PAYPAL_BASE_URL");
        clientId = clientId.strip();
        clientSecret = clientSecret.strip();
        webhookId = webhookId.strip();
    }

    boolean areComplete() {
        return !clientId.isEmpty() && !clientSecret.isEmpty() && !webhookId.isEmpty();
    }

    /** Keys have no business in a log. */
    @Override
    public String toString() {
        return "PayPal at " + baseUrl;
    }
}
