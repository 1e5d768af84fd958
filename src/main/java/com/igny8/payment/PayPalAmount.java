package com.igny8.payment;

import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** Amounts as PayPal writes them: decimals as text, of the currencies that it takes. */
final class PayPalAmount {
    private static final Set<String> TAKEN =
            Set.of(
                    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF",
                    "ILS", "JPY", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB",
                    "TWD", "USD");

    /** Without decimals, although ISO 4217 gives two of them some. */
    private static final Set<String> WHOLE = Set.of("HUF", "JPY", "TWD");

    private PayPalAmount() {}

    /** {@code {"currency_code": "USD", "value": "139.00"}}; 409 where PayPal cannot take it. */
    static Map<String, String> of(Money money) {
        BigDecimal value = new BigDecimal(money.decimal());
        boolean isWhole = WHOLE.contains(money.currency());
        if (!TAKEN.contains(money.currency())
                || (isWhole && value.stripTrailingZeros().scale() > 0)) {
            throw Problem.conflict(
                    "amount_not_payable",
                    "PayPal cannot take exactly " + money.text() + ". Pay in another way");
        }
        return Map.of(
                "currency_code",
                money.currency(),
                "value",
                isWhole ? value.setScale(0).toPlainString() : value.toPlainString());
    }

    static Money read(JsonNode amount) {
        String currency = amount.path("currency_code").asString();
        return Money.parse(amount.path("value").asString(), currency)
                .orElseThrow(() -> new IllegalArgumentException("Not an amount: " + amount));
    }
}
