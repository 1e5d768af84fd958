package com.igny8.billing;

import com.igny8.catalog.Plan;
import com.igny8.kernel.Choice;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/** How often a subscription is paid. */
public enum BillingInterval {
    MONTH(1),
    YEAR(12);

    private final int months;

    BillingInterval(int months) {
        this.months = months;
    }

    public int months() {
        return months;
    }

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BillingInterval of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /**
     * What somebody asked for: monthly where nothing; 400 on {@code billing_interval} for neither.
     */
    public static BillingInterval require(@Nullable String key) {
        return Choice.of("billing_interval", key, values(), BillingInterval::key).orElse(MONTH);
    }

    /** What so long on a plan costs; nothing where that is not offered. */
    Optional<Money> price(Plan plan) {
        return switch (this) {
            case MONTH -> Optional.of(plan.terms().monthlyPrice());
            case YEAR -> plan.terms().annualPrice();
        };
    }

    /** As {@link #price}; 400 on {@code billing_interval} where that is not offered. */
    Money requirePrice(Plan plan) {
        return price(plan)
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "billing_interval",
                                        plan.name() + " is not offered by the year"));
    }

    /** For people, as {@code one month}. */
    String inWords() {
        return "one " + key();
    }
}
