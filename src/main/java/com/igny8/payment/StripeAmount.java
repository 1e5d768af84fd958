package com.igny8.payment;

import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Amounts as Stripe writes them: minor units, but not for each currency those of ISO 4217 (see
 * docs.stripe.com/currencies).
 */
final class StripeAmount {
    /** Digits that Stripe counts, where they are not those of ISO 4217. */
    private static final Map<String, Integer> DIGITS = Map.of("ISK", 2, "UGX", 2, "MGA", 0);

    /** Of three digits the last must be 0. */
    private static final Set<String> LAST_IS_ZERO = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private StripeAmount() {}

    /** 409 where Stripe cannot take exactly this. */
    static long of(Money money) {
        BigDecimal amount = new BigDecimal(money.decimal()).movePointRight(digits(money.currency()));
        if (amount.stripTrailingZeros().scale() > 0
                || (LAST_IS_ZERO.contains(money.currency()) && money.minor() % 10 != 0)) {
            throw Problem.conflict(
                    "amount_not_payable",
                    "Cards cannot be charged exactly " + money.text() + ". Pay in another way");
        }
        return amount.longValueExact();
    }

    /** In lower case, as it wants it. */
    static String currency(Money money) {
        return money.currency().toLowerCase(Locale.ROOT);
    }

    static Money read(long amount, String stripeCurrency) {
        String currency = stripeCurrency.toUpperCase(Locale.ROOT);
        return Money.parse(
                        BigDecimal.valueOf(amount, digits(currency)).stripTrailingZeros().toPlainString(),
                        currency)
                .orElseThrow(
                        () -> new IllegalArgumentException(amount + " of " + currency));
    }

    private static int digits(String currency) {
        return DIGITS.getOrDefault(
                currency, Currency.getInstance(currency).getDefaultFractionDigits());
    }
}
