package com.igny8.invoice;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * The tax on an invoice: one rate for all of its lines.
 *
 * @param name as the country calls it; null where none is charged
 * @param percent with three decimals, as the database keeps it
 * @param isInclusive whether the lines hold it already
 */
public record Tax(
        Treatment treatment, @Nullable String name, BigDecimal percent, boolean isInclusive) {
    private static final BigDecimal NOTHING = new BigDecimal("0.000");

    static final Tax NONE = new Tax(Treatment.NONE, null, NOTHING, false);
    static final Tax REVERSE_CHARGE = new Tax(Treatment.REVERSE_CHARGE, null, NOTHING, false);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Why there is tax, or none. */
    public enum Treatment {
        NONE,
        TAXED,
        /** The buyer, a business of another EU country, pays it at home. */
        REVERSE_CHARGE;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Treatment of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** As people write it: {@code 19}, {@code 8.1}. */
    String plainPercent() {
        return percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString();
    }

    /** For people: {@code VAT 19%, included}. */
    String label() {
        return "%s %s%%%s"
                .formatted(
                        name == null ? "Tax" : name,
                        plainPercent(),
                        isInclusive ? ", included" : "");
    }

    /** What lines come to: always {@code subtotal + tax = total}, to the minor unit. */
    public record Amounts(Money subtotal, Money tax, Money total) {}

    /**
     * Taxes the sum of the lines, not each of them: rounding happens once, a half away from zero.
     *
     * @param lines with tax where it is inclusive, without otherwise
     */
    public Amounts on(Money lines) {
        if (isInclusive) {
            Money tax = lines.share(percent, HUNDRED.add(percent));
            return new Amounts(lines.minus(tax), tax, lines);
        }
        Money tax = lines.share(percent, HUNDRED);
        return new Amounts(lines, tax, lines.plus(tax));
    }
}
