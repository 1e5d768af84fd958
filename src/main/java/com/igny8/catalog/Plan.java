package com.igny8.catalog;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * A version of a plan: what it is called and on what terms.
 *
 * @param id of the plan
 * @param versionId of these terms
 * @param position where it stands among the plans
 */
public record Plan(
        UUID id,
        UUID versionId,
        int version,
        String slug,
        String name,
        boolean isPublic,
        boolean isActive,
        int position,
        PlanTerms terms) {

    public String currency() {
        return terms.currency();
    }

    /** In minor units of the currency. */
    public long monthlyPriceMinor() {
        return terms.monthlyPriceMinor();
    }

    /** As the monthly price, for twelve months; null where there is no such offer. */
    public @Nullable Long annualPriceMinor() {
        return terms.annualPriceMinor();
    }

    public long includedCredits() {
        return terms.includedCredits();
    }

    /** Whether the included credits come once, not each month. */
    public boolean creditsOnce() {
        return terms.creditsOnce();
    }

    public int maxSites() {
        return terms.maxSites();
    }

    public int maxUsers() {
        return terms.maxUsers();
    }

    public int maxSectorsPerSite() {
        return terms.maxSectorsPerSite();
    }

    /** For trials: how long they last. */
    public @Nullable Integer trialDays() {
        return terms.trialDays();
    }

    public List<Feature> features() {
        return terms.features();
    }

    public boolean isFree() {
        return terms.isFree();
    }

    /** Refuses one more where as many as the limit allows are there already. */
    public void requireRoom(Limit limit, long present) {
        limit.requireRoom(this, present);
    }
}
