package com.igny8.catalog;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * A version of a plan: what an account on it may do, has and pays. In limits 0 means unlimited.
 *
 * @param id of the plan
 * @param versionId of these terms
 * @param monthlyPriceMinor in minor units of the currency
 * @param creditsOnce whether the included credits come once, not each month
 * @param trialDays for trials: how long they last
 */
public record Plan(
        UUID id,
        UUID versionId,
        String slug,
        String name,
        boolean isPublic,
        boolean isActive,
        String currency,
        long monthlyPriceMinor,
        @Nullable Long annualPriceMinor,
        long includedCredits,
        boolean creditsOnce,
        int maxSites,
        int maxUsers,
        int maxSectorsPerSite,
        @Nullable Integer trialDays,
        List<String> features) {

    public boolean isFree() {
        return monthlyPriceMinor == 0;
    }

    /** Refuses one more where as many as the limit allows are there already. */
    public void requireRoom(String limit, int allowed, long present) {
        if (allowed != 0 && present >= allowed) {
            throw Problem.forbidden(
                            "limit_reached",
                            "%s is limited to %d %s"
                                    .formatted(name, allowed, words(limit, allowed)))
                    .with("limit", limit)
                    .with("value", allowed)
                    .with("plan", slug);
        }
    }

    /** {@code max_sectors_per_site} as people say it. */
    private static String words(String limit, int allowed) {
        String plural = limit.replaceFirst("^max_", "").replace('_', ' ');
        return allowed == 1 ? plural.replaceFirst("s\\b", "") : plural;
    }
}
