package com.igny8.billing;

import static com.igny8.account.AccountLetterSamples.ACCOUNT;
import static com.igny8.account.AccountLetterSamples.NOW;
import static com.igny8.invoice.InvoiceLetterSamples.OPEN;

import com.igny8.catalog.Limit;
import com.igny8.catalog.Plan;
import com.igny8.catalog.PlanTerms;
import com.igny8.mail.Drafts;
import com.igny8.mail.Samples;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** How {@link BillingLetters} look. */
@Component
class BillingLetterSamples implements Samples {
    private static final Plan STARTER = plan("starter", "Starter", 8_900, 1_000);
    private static final Plan GROWTH = plan("growth", "Growth", 13_900, 2_000);

    private final String publicUrl;

    BillingLetterSamples(@Value("${igny8.public-url}") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    private static Plan plan(String slug, String name, long monthlyPriceMinor, long credits) {
        var terms =
                new PlanTerms(
                        "USD",
                        monthlyPriceMinor,
                        monthlyPriceMinor * 10,
                        credits,
                        false,
                        false,
                        1,
                        2,
                        5,
                        null,
                        List.of(),
                        null,
                        null,
                        null);
        return new Plan(new UUID(0, 1), new UUID(0, 1), 1, slug, name, true, true, 1, terms);
    }

    @Override
    public String topic() {
        return "Plan and payments";
    }

    @Override
    public void write(Drafts drafts) {
        var letters = new BillingLetters(() -> ACCOUNT, drafts, publicUrl);
        Subscription growth = on(GROWTH, BillingInterval.MONTH, Subscription.Status.ACTIVE);
        writeOfTime(drafts, letters);
        writeOfMoney(drafts, letters);
        writeOfPlans(drafts, letters, growth);
        drafts.when(
                "Somebody cancelled: it ends with what is paid for",
                () -> letters.cancelScheduled(growth));
        drafts.when("Somebody took the cancelling back", () -> letters.resumed(growth));
        drafts.when("A cancelled subscription has ended", () -> letters.cancelled(growth));
        drafts.when(
                "A credit pack was paid", () -> letters.creditsAdded(2_000, Months.after(NOW, 12)));
    }

    private static void writeOfTime(Drafts drafts, BillingLetters letters) {
        Subscription trial = on(STARTER, BillingInterval.MONTH, Subscription.Status.TRIALING);
        drafts.when(
                "Three days, and one day, before a trial ends", () -> letters.trialEnding(trial));
        drafts.when("A trial has ended without a plan", () -> letters.trialEnded(trial));
        drafts.when(
                "Two weeks before a year is paid again",
                () ->
                        letters.renewalComing(
                                on(GROWTH, BillingInterval.YEAR, Subscription.Status.ACTIVE)));
    }

    private static void writeOfMoney(Drafts drafts, BillingLetters letters) {
        drafts.when(
                "A card or PayPal account could not be charged",
                () ->
                        letters.paymentFailed(
                                OPEN,
                                2,
                                "Your card has too little money on it",
                                NOW.plus(Duration.ofDays(2))));
        drafts.when(
                "A renewal is unpaid, and there is nothing we could charge",
                () -> letters.paymentMissing(OPEN, 2));
        drafts.when("A renewal stayed unpaid to the last", () -> letters.suspended(OPEN));
    }

    private static void writeOfPlans(Drafts drafts, BillingLetters letters, Subscription growth) {
        drafts.when("An account is on another plan", () -> letters.planChanged(growth));
        drafts.when(
                "Somebody chose a smaller plan, from the period's end",
                () -> letters.planChangeScheduled(growth, STARTER));
        drafts.when(
                "An account had more than the smaller plan allows when its time came",
                () ->
                        letters.planChangeDropped(
                                growth,
                                STARTER,
                                List.of(new LimitsInUse.Exceeded(Limit.MAX_SITES.key(), 1, 3))));
    }

    private static Subscription on(
            Plan plan, BillingInterval interval, Subscription.Status status) {
        return new Subscription(
                new UUID(0, 1),
                plan,
                interval,
                status,
                NOW,
                NOW,
                Months.after(NOW, interval.months()),
                false,
                null,
                new Subscription.Dunning(0, null),
                0);
    }
}
