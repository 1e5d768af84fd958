package com.igny8.billing;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a customer in a year that began on Growth, $139.00 and 2,000 credits a month, and
 * what that must come to by simple arithmetic; null where it depends on how long they took to pay.
 */
enum Fate {
    PAYS_BY_CARD("active", 13 * 13_900L, 13 * 2_000L),
    PAYS_BY_TRANSFER("active", 13 * 13_900L, 13 * 2_000L),
    DECLINED_TWICE_A_MONTH("active", 12 * 13_900L, 12 * 2_000L),
    STOPS_PAYING("suspended", 4 * 13_900L, 4 * 2_000L),
    PAYS_AFTER_SUSPENSION("active", null, null),
    CANCELS("cancelled", 6 * 13_900L, 6 * 2_000L),
    CANCELS_AND_RESUMES("active", 13 * 13_900L, 13 * 2_000L),
    UPGRADES("active", 4 * 13_900L + 9_000 + 9 * 22_900L, 4 * 2_000L + 2_000 + 9 * 4_000L),
    DOWNGRADES("active", 7 * 13_900L + 6 * 8_900L, 7 * 2_000L + 6 * 1_000L),
    TRIAL_EXPIRES("suspended", 0L, 2_000L),
    TRIAL_CONVERTS("active", null, null),
    FREE("active", 0L, 13 * 1_000L),
    OVERPAYS("active", 13 * 13_900L, 13 * 2_000L),
    BUYS_A_PACK("active", 13 * 13_900L + 2_900, 13 * 2_000L),
    GETS_MONEY_BACK("active", 13 * 13_900L - 5_000, 13 * 2_000L);

    final String status;

    /** Money that came in, less what went back. */
    final @Nullable Long minor;

    /** What the plans gave. */
    final @Nullable Long credits;

    Fate(String status, @Nullable Long minor, @Nullable Long credits) {
        this.status = status;
        this.minor = minor;
        this.credits = credits;
    }

    boolean paysByCard() {
        return switch (this) {
            case PAYS_BY_CARD,
                    DECLINED_TWICE_A_MONTH,
                    CANCELS,
                    CANCELS_AND_RESUMES,
                    UPGRADES,
                    DOWNGRADES,
                    BUYS_A_PACK ->
                    true;
            case PAYS_BY_TRANSFER,
                    STOPS_PAYING,
                    PAYS_AFTER_SUSPENSION,
                    TRIAL_EXPIRES,
                    TRIAL_CONVERTS,
                    FREE,
                    OVERPAYS,
                    GETS_MONEY_BACK ->
                    false;
        };
    }

    /** The plan they begin on. */
    String plan() {
        return switch (this) {
            case TRIAL_EXPIRES, TRIAL_CONVERTS -> "free-trial";
            case FREE -> "free";
            default -> "growth";
        };
    }
}
