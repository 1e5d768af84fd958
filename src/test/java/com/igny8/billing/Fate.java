package com.igny8.billing;

import static com.igny8.billing.Deed.at;
import static com.igny8.billing.Deed.onPaydays;

import com.igny8.invoice.CreditNote;
import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What becomes of a customer in a year that began on Growth, $139.00 and 2,000 credits a month, and
 * what that must come to by simple arithmetic; null where it depends on how long they took to pay.
 */
enum Fate {
    PAYS_BY_CARD(Pays.BY_CARD_OVER_HTTP, "active", 13 * 13_900L, 13 * 2_000L),
    PAYS_BY_TRANSFER(
            Pays.BY_TRANSFER,
            "active",
            13 * 13_900L,
            13 * 2_000L,
            onPaydays(0, 11, Life::payWhatIsOpen)),
    PAYS_IN_TWO_PARTS(
            Pays.BY_TRANSFER,
            "active",
            13 * 13_900L,
            13 * 2_000L,
            onPaydays(0, 11, Life::payInTwoParts)),
    PAYS_HALF_A_YEAR_AHEAD(
            Pays.BY_TRANSFER,
            "active",
            18 * 13_900L,
            13 * 2_000L,
            onPaydays(5, 5, Life::payHalfAYear),
            onPaydays(11, 11, Life::payHalfAYear)),
    OVERPAYS(
            Pays.BY_TRANSFER,
            "active",
            13 * 13_900L,
            13 * 2_000L,
            onPaydays(0, 11, Life::payWhatIsOpen)),
    OVERPAYS_AND_GETS_IT_BACK(
            Pays.BY_TRANSFER,
            "active",
            13 * 13_900L,
            13 * 2_000L,
            at(0, life -> life.getBack(new Money(13_900, "USD"))),
            onPaydays(0, 11, Life::payWhatIsOpen)),
    DECLINED_TWICE_A_MONTH(Pays.BY_CARD, "active", 12 * 13_900L, 12 * 2_000L),
    STOPS_PAYING(
            Pays.BY_TRANSFER,
            "suspended",
            4 * 13_900L,
            4 * 2_000L,
            onPaydays(0, 2, Life::payWhatIsOpen)),
    PAYS_AFTER_SUSPENSION(
            Pays.BY_TRANSFER,
            "active",
            null,
            null,
            onPaydays(0, 2, Life::payWhatIsOpen),
            onPaydays(5, 11, Life::payWhatIsOpen)),
    SHUT_FOR_A_QUARTER(
            Pays.BY_CARD,
            "active",
            11 * 13_900L,
            11 * 2_000L,
            at(4, Life::beShut),
            at(7, Life::beReinstated)),
    CANCELS(Pays.BY_CARD, "cancelled", 6 * 13_900L, 6 * 2_000L, at(5, Life::cancel)),
    CANCELS_AND_RESUMES(
            Pays.BY_CARD,
            "active",
            13 * 13_900L,
            13 * 2_000L,
            at(5, Life::cancel),
            onPaydays(5, 5, Life::resume)),
    UPGRADES(
            Pays.BY_CARD,
            "active",
            4 * 13_900L + 9_000 + 9 * 22_900L,
            4 * 2_000L + 2_000 + 9 * 4_000L,
            at(3, life -> life.upgrade("scale"))),
    /** With five of thirty days left: $38.17 less $23.17, and 334 credits. */
    UPGRADES_IN_MID_MONTH(
            Pays.BY_CARD,
            "active",
            4 * 13_900L + 1_500 + 9 * 22_900L,
            4 * 2_000L + 334 + 9 * 4_000L,
            onPaydays(3, 3, life -> life.upgrade("scale"))),
    DOWNGRADES(
            Pays.BY_CARD,
            "active",
            7 * 13_900L + 6 * 8_900L,
            7 * 2_000L + 6 * 1_000L,
            at(6, life -> life.downgrade("starter"))),
    GOES_FREE(
            Pays.BY_CARD,
            "active",
            7 * 13_900L,
            7 * 2_000L + 6 * 1_000L,
            at(6, life -> life.downgrade("free"))),
    TRIAL_EXPIRES(Pays.BY_TRANSFER, "suspended", 0L, 2_000L),
    TRIAL_CONVERTS(
            Pays.BY_TRANSFER,
            "active",
            null,
            null,
            at(0, life -> life.upgrade("growth")),
            onPaydays(0, 11, Life::payWhatIsOpen)),
    TRIAL_CONVERTS_BY_CARD(
            Pays.BY_CARD_OVER_HTTP,
            "active",
            12 * 13_900L,
            2_000L + 12 * 2_000L,
            at(0, life -> life.upgradeByCard("growth"))),
    FREE(Pays.BY_TRANSFER, "active", 0L, 13 * 1_000L),
    BUYS_A_PACK(Pays.BY_CARD, "active", 13 * 13_900L + 2_900, 13 * 2_000L, at(2, Life::buyCredits)),
    GETS_A_PART_BACK(
            Pays.BY_TRANSFER,
            "active",
            13 * 13_900L - 5_000,
            13 * 2_000L,
            onPaydays(0, 11, Life::payWhatIsOpen),
            at(7, life -> life.getBack(new Money(5_000, "USD")))),
    GETS_ALL_BACK(
            Pays.BY_CARD_OVER_HTTP,
            "active",
            12 * 13_900L,
            13 * 2_000L,
            at(7, life -> life.getBack(null))),
    CREDITED_TO_BALANCE(
            Pays.BY_CARD,
            "active",
            13 * 13_900L - 3_000,
            13 * 2_000L,
            at(7, life -> life.beCredited(new Money(3_000, "USD"), CreditNote.Excess.BALANCE))),
    CREDITED_AND_REFUNDED(
            Pays.BY_CARD_OVER_HTTP,
            "active",
            12 * 13_900L,
            13 * 2_000L,
            at(7, life -> life.beCredited(null, CreditNote.Excess.REFUND))),
    DISPUTES(Pays.BY_CARD_OVER_HTTP, "active", 13 * 13_900L, 13 * 2_000L, at(4, Life::dispute)),
    DISPUTES_IN_VAIN(
            Pays.BY_CARD_OVER_HTTP,
            "active",
            13 * 13_900L,
            13 * 2_000L,
            at(4, Life::dispute),
            onPaydays(4, 4, life -> life.hearOfDispute("won"))),
    /** What was given back is to be paid again, and is not. */
    WINS_A_DISPUTE(
            Pays.BY_CARD_OVER_HTTP,
            "suspended",
            4 * 13_900L,
            5 * 2_000L,
            at(4, Life::dispute),
            onPaydays(4, 4, life -> life.hearOfDispute("lost"))),
    WINS_A_DISPUTE_AND_PAYS_AGAIN(
            Pays.BY_CARD_OVER_HTTP,
            "active",
            13 * 13_900L,
            13 * 2_000L,
            at(4, Life::dispute),
            onPaydays(4, 4, life -> life.hearOfDispute("lost")),
            at(5, Life::payWhatIsOpen));

    /** How they pay their renewals. */
    enum Pays {
        BY_TRANSFER,
        /** A provider that the test makes up, which is quick. */
        BY_CARD,
        /** As in the product: a provider that is asked over HTTP, and tells of it by webhooks. */
        BY_CARD_OVER_HTTP
    }

    final Pays pays;

    /** Of the account, after the year. */
    final String status;

    /** Money that came in, less what went back. */
    final @Nullable Long minor;

    /** What the plans gave. */
    final @Nullable Long credits;

    /** What they, or others, do. */
    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    final List<Deed> deeds;

    Fate(Pays pays, String status, @Nullable Long minor, @Nullable Long credits, Deed... deeds) {
        this.pays = pays;
        this.status = status;
        this.minor = minor;
        this.credits = credits;
        this.deeds = List.of(deeds);
    }

    /** The plan they begin on. */
    String plan() {
        return switch (this) {
            case TRIAL_EXPIRES, TRIAL_CONVERTS, TRIAL_CONVERTS_BY_CARD -> "free-trial";
            case FREE -> "free";
            default -> "growth";
        };
    }
}
