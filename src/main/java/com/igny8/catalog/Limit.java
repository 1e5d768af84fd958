package com.igny8.catalog;

import com.igny8.kernel.Problem;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a plan limits the number of; 0 means unlimited. */
public enum Limit {
    MAX_SITES("site"),
    MAX_USERS("user"),
    MAX_SECTORS_PER_SITE("sector per site");

    private final String noun;

    Limit(String noun) {
        this.noun = noun;
    }

    /** As in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many such terms allow. */
    public int allowedBy(PlanTerms terms) {
        return switch (this) {
            case MAX_SITES -> terms.maxSites();
            case MAX_USERS -> terms.maxUsers();
            case MAX_SECTORS_PER_SITE -> terms.maxSectorsPerSite();
        };
    }

    /** Whether so many are more than such terms allow. */
    public boolean isExceeded(PlanTerms terms, long present) {
        return allowedBy(terms) != 0 && present > allowedBy(terms);
    }

    /** For people: {@code 3 sites}, {@code Unlimited users}. */
    public String inWords(PlanTerms terms) {
        int most = allowedBy(terms);
        return most == 0 ? "Unlimited " + plural() : inWords(most);
    }

    /** So many of what it limits, for people: {@code 1 site}, {@code 3 sites}. */
    public String inWords(long number) {
        return number == 1 ? "1 " + noun : "%,d %s".formatted(number, plural());
    }

    /** All limits of such terms, for people. */
    public static List<String> inWordsOf(PlanTerms terms) {
        return Arrays.stream(values()).map(limit -> limit.inWords(terms)).toList();
    }

    private String plural() {
        int end = noun.indexOf(' ');
        return end < 0 ? noun + "s" : noun.substring(0, end) + "s" + noun.substring(end);
    }

    /** Refuses one more where the plan's terms allow no more than are there already. */
    void requireRoom(Plan plan, long present) {
        if (isExceeded(plan.terms(), present + 1)) {
            throw Problem.forbidden(
                            "limit_reached",
                            "%s is limited to %s".formatted(plan.name(), inWords(plan.terms())))
                    .with("limit", key())
                    .with("value", allowedBy(plan.terms()))
                    .with("plan", plan.slug());
        }
    }
}
