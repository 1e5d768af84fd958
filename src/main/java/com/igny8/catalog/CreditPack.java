package com.igny8.catalog;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.Money;

import java.util.UUID;

/** Credits that are sold beside a plan. */
public record CreditPack(UUID id, String slug, Offer offer) {

    /**
     * What is sold and for how much.
     *
     * @param validMonths calendar months from the purchase, after which what is left is gone
     * @param isActive whether it can be bought
     */
    public record Offer(
            long credits,
            String currency,
            long priceMinor,
            int validMonths,
            boolean isActive,
            int position) {
        private static final int MAX_MONTHS = 120;
        private static final int MAX_POSITION = 1_000;

        public Offer {
            new FieldErrors()
                    .require(
                            credits > 0 && credits <= PlanTerms.MAX_CREDITS,
                            "credits",
                            "Must be between 1 and 1,000,000,000")
                    .require(
                            Money.isCurrency(currency),
                            "currency",
                            "Must be a currency of ISO 4217, as USD")
                    .require(
                            priceMinor > 0 && priceMinor <= PlanTerms.MAX_PRICE_MINOR,
                            "price_minor",
                            "The price must be between 1 and 100,000,000,000 minor units")
                    .require(
                            validMonths > 0 && validMonths <= MAX_MONTHS,
                            "valid_months",
                            "Must be between 1 and 120")
                    .require(
                            position >= 0 && position <= MAX_POSITION,
                            "position",
                            "Must be between 0 and 1,000")
                    .throwIfAny();
        }

        public Money price() {
            return new Money(priceMinor, currency);
        }
    }

    public long credits() {
        return offer.credits();
    }

    public Money price() {
        return offer.price();
    }

    public int validMonths() {
        return offer.validMonths();
    }

    /** How long it is good for, for people. */
    public String validity() {
        return validMonths() == 1 ? "1 month" : validMonths() + " months";
    }

    /** For people. */
    public String name() {
        return "%,d credits".formatted(credits());
    }
}
