package com.igny8.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount of money: minor units, of which ISO 4217 says how many digits of the currency they are
 * (JPY 0, USD 2, KWD 3). Never a fraction; sums that do not fit are an error, not another sum.
 */
public record Money(long minor, String currency) implements Comparable<Money> {
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(\\.\\d{1,3})?");

    public Money {
        if (digits(currency) < 0) {
            throw new IllegalArgumentException(currency + " has no minor units");
        }
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    /** Major units as people and programs write them, {@code 139.00}; nothing where they do not. */
    public static Optional<Money> parse(String decimal, String currency) {
        if (!DECIMAL.matcher(decimal).matches()) {
            return Optional.empty();
        }
        BigDecimal minor = new BigDecimal(decimal).movePointRight(digits(currency));
        return minor.stripTrailingZeros().scale() > 0
                ? Optional.empty()
                : Optional.of(new Money(minor.longValueExact(), currency));
    }

    /** As {@link #parse}; 400 against the field that says how to write it. */
    public static Money require(String field, String decimal, String currency) {
        return parse(decimal, currency).orElseThrow(() -> Problem.invalid(field, how(currency)));
    }

    /** How to write an amount of the currency, in a sentence: no yen has cents. */
    public static String how(String currency) {
        return "Write the amount as " + parse("139", currency).orElseThrow().decimal();
    }

    public static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(
                        each ->
                                each.getCurrencyCode().equals(code)
                                        && each.getDefaultFractionDigits() >= 0);
    }

    private static int digits(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), currency);
    }

    public Money times(long factor) {
        return new Money(Math.multiplyExact(minor, factor), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(minor), currency);
    }

    /** Part of whole of it, a half rounded away from zero: a share and its negative cancel out. */
    public Money share(BigDecimal part, BigDecimal whole) {
        return new Money(
                BigDecimal.valueOf(minor)
                        .multiply(part)
                        .divide(whole, 0, RoundingMode.HALF_UP)
                        .longValueExact(),
                currency);
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Money max(Money other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isZero() {
        return minor == 0;
    }

    public boolean isPositive() {
        return minor > 0;
    }

    public boolean isNegative() {
        return minor < 0;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, same(other).minor);
    }

    private Money same(Money other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency);
        }
        return other;
    }

    /** For programs: major units, {@code 139.00}. */
    public String decimal() {
        return BigDecimal.valueOf(minor, digits(currency)).toPlainString();
    }

    /** For people: {@code $139.00}, {@code ¥139}, {@code KWD 1.250}. */
    public String text() {
        NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
        Currency unit = Currency.getInstance(currency);
        format.setCurrency(unit);
        format.setMinimumFractionDigits(digits(currency));
        format.setMaximumFractionDigits(digits(currency));
        // A code would stick to its number
        return format.format(BigDecimal.valueOf(minor, digits(currency)))
                .replace("\u00A0", "")
                .replace(currency, currency + " ");
    }

    @Override
    public String toString() {
        return decimal() + " " + currency;
    }
}
