package com.igny8.catalog;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * What an account on a plan has, may and pays. In limits and rates 0 means unlimited; rates that
 * are null are as everybody's.
 *
 * @param monthlyPriceMinor in minor units of the currency
 * @param annualPriceMinor for twelve months; null where there is no such offer
 * @param creditsOnce whether the included credits come once, not each month
 * @param creditsRollOver whether what is left of a month's credits is there in the next one too
 * @param trialDays for trials: how long they last
 */
public record PlanTerms(
        String currency,
        long monthlyPriceMinor,
        @Nullable Long annualPriceMinor,
        long includedCredits,
        boolean creditsOnce,
        boolean creditsRollOver,
        int maxSites,
        int maxUsers,
        int maxSectorsPerSite,
        @Nullable Integer trialDays,
        List<Feature> features,
        @Nullable Integer readsPerMinute,
        @Nullable Integer writesPerMinute,
        @Nullable Integer aiPerMinute) {
    static final long MAX_PRICE_MINOR = 100_000_000_000L;
    static final long MAX_CREDITS = 1_000_000_000L;
    static final int MAX_LIMIT = 1_000_000;
    static final int MAX_TRIAL_DAYS = 365;

    private static final int MONTHS_OF_A_YEAR = 12;
    private static final String LIMIT = "Must be 0, for unlimited, or up to 1,000,000";

    public PlanTerms {
        features = features.stream().distinct().sorted().toList();
    }

    /** Refuses what nobody could agree to, naming every field. */
    void requireSound() {
        FieldErrors errors = new FieldErrors();
        errors.require(
                Money.isCurrency(currency), "currency", "Must be a currency of ISO 4217, as USD");
        errors.require(
                isWithin(monthlyPriceMinor, MAX_PRICE_MINOR),
                "monthly_price_minor",
                "Must be 0, for free, or up to 100,000,000,000");
        errors.require(
                isWithin(includedCredits, MAX_CREDITS),
                "included_credits",
                "Must be between 0 and 1,000,000,000");
        errors.require(
                !(creditsOnce && creditsRollOver),
                "credits_roll_over",
                "Credits that come once have no next month to roll over to");
        requireSoundYear(errors);
        requireSoundTrial(errors);
        requireLimit(errors, "max_sites", maxSites);
        requireLimit(errors, "max_users", maxUsers);
        requireLimit(errors, "max_sectors_per_site", maxSectorsPerSite);
        requireLimit(errors, "reads_per_minute", readsPerMinute);
        requireLimit(errors, "writes_per_minute", writesPerMinute);
        requireLimit(errors, "ai_per_minute", aiPerMinute);
        errors.throwIfAny();
    }

    private void requireSoundYear(FieldErrors errors) {
        errors.require(
                annualPriceMinor == null
                        || (annualPriceMinor > 0
                                && annualPriceMinor <= monthlyPriceMinor * MONTHS_OF_A_YEAR),
                "annual_price_minor",
                "Must be more than 0, and at most twelve times the monthly price");
    }

    private void requireSoundTrial(FieldErrors errors) {
        errors.require(
                trialDays == null || (trialDays > 0 && trialDays <= MAX_TRIAL_DAYS),
                "trial_days",
                "Must be between 1 and 365");
        errors.require(
                trialDays == null || isFree(),
                "trial_days",
                "Only a plan without a price has them");
    }

    private static void requireLimit(FieldErrors errors, String field, @Nullable Integer limit) {
        errors.require(limit == null || isWithin(limit, MAX_LIMIT), field, LIMIT);
    }

    private static boolean isWithin(long number, long most) {
        return number >= 0 && number <= most;
    }

    public boolean isFree() {
        return monthlyPriceMinor == 0;
    }

    public Money monthlyPrice() {
        return new Money(monthlyPriceMinor, currency);
    }

    /** For twelve months at once; nothing where there is no such offer. */
    public Optional<Money> annualPrice() {
        return Optional.ofNullable(annualPriceMinor).map(minor -> new Money(minor, currency));
    }

    /** What a month costs, for people. */
    public PriceTag monthlyTag() {
        return PriceTag.monthly(this);
    }

    /** The limits, for people. */
    public List<String> limitsInWords() {
        return Limit.inWordsOf(this);
    }

    /** Whether they include the feature, by its name or with all the others. */
    public boolean has(Feature feature) {
        return features.contains(feature) || features.contains(Feature.UNLIMITED);
    }
}
