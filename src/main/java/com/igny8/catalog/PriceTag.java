package com.igny8.catalog;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a plan costs, as it stands on a price list.
 *
 * @param figure without minor units where there are none, as {@code $89}
 * @param unit what it buys, as {@code a month}
 * @param saving what is saved by it, in words; null where nothing is
 */
public record PriceTag(String figure, String unit, @Nullable String saving) {
    private static final int MONTHS_OF_A_YEAR = 12;
    private static final Pattern NO_MINOR_UNITS = Pattern.compile("\\.0+$");

    /** By the month; of a plan without a price, for how long. */
    public static PriceTag monthly(PlanTerms terms) {
        String figure = figure(terms.monthlyPrice());
        if (!terms.isFree()) {
            return new PriceTag(figure, "a month", null);
        }
        Integer trialDays = terms.trialDays();
        return new PriceTag(
                figure, trialDays == null ? "for good" : "for " + days(trialDays), null);
    }

    private static String days(int days) {
        return days == 1 ? "1 day" : days + " days";
    }

    /** By the year; nothing where that is not offered. */
    public static Optional<PriceTag> annual(PlanTerms terms) {
        return terms.annualPrice()
                .map(
                        price -> {
                            Money saved = terms.monthlyPrice().times(MONTHS_OF_A_YEAR).minus(price);
                            return new PriceTag(
                                    figure(price),
                                    "a year",
                                    saved.isPositive()
                                            ? "Saves %s a year".formatted(figure(saved))
                                            : null);
                        });
    }

    private static String figure(Money money) {
        return NO_MINOR_UNITS.matcher(money.text()).replaceFirst("");
    }
}
