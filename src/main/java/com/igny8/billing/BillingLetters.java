package com.igny8.billing;

import com.igny8.account.Accounts;
import com.igny8.catalog.Plan;
import com.igny8.invoice.Invoice;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Tells customers what happens to their subscription; posted with what they tell of. */
@Component
class BillingLetters {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    private static final String ACCOUNT = "/account";
    private static final String PLAN = "/account/plan";

    private final Accounts accounts;
    private final Outbox outbox;
    private final String publicUrl;

    BillingLetters(
            Accounts accounts, Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this.accounts = accounts;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    void trialEnding(Subscription subscription) {
        String day = day(subscription.currentPeriodEnd());
        post(
                letter("trial_ending", "Your free trial ends on " + day)
                        .say(
                                ("Your free trial ends on %s. To go on without a break,"
                                                + " choose a plan before.")
                                        .formatted(day))
                        .link("Choose a plan", publicUrl + PLAN)
                        .say(
                                "If you do nothing, the account is shut then. Nothing in it is"
                                        + " lost, and you can choose a plan later as well."));
    }

    void trialEnded(Subscription subscription) {
        post(
                letter("trial_ended", "Your free trial has ended")
                        .say(
                                ("Your free trial ended on %s, and the account is shut. Nothing in"
                                                + " it is lost: choose a plan, and it opens again.")
                                        .formatted(day(subscription.currentPeriodEnd())))
                        .link("Choose a plan", publicUrl + PLAN));
    }

    void renewalComing(Subscription subscription) {
        String plan = subscription.plan().name();
        String day = day(subscription.currentPeriodEnd());
        post(
                letter("renewal_coming", "Your year on %s ends on %s".formatted(plan, day))
                        .say(
                                ("Your year on %s ends on %s, and goes on for another one then. If"
                                                + " you want to change or cancel it, do so before.")
                                        .formatted(plan, day))
                        .tell(
                                "Price",
                                subscription.interval().requirePrice(subscription.plan()).text()
                                        + ", and tax where there is one")
                        .link("See your plan", publicUrl + ACCOUNT));
    }

    /** How often it failed, and when it is tried again. */
    void paymentFailed(Invoice invoice, int times, String why, Instant next) {
        post(
                letter(
                                "payment_failed",
                                "Your payment of %s failed".formatted(invoice.due().text()))
                        .say(
                                "We could not charge your last payment. Please see that"
                                        + " there is enough money, or choose another way to pay.")
                        .tell("Invoice", String.valueOf(invoice.number()))
                        .tell("Amount", invoice.due().text())
                        .tell("Why", why)
                        .tell("Try number", String.valueOf(times))
                        .tell("We try again on", day(next))
                        .link("Pay now", payAt(invoice)));
    }

    /** A reminder, for who pays by transfer. */
    void paymentMissing(Invoice invoice, int times) {
        post(
                letter("payment_missing", "Invoice %s is not paid yet".formatted(invoice.number()))
                        .say(
                                "An invoice is not paid yet. If you have paid it in the"
                                        + " last days, there is nothing to do.")
                        .tell("Invoice", String.valueOf(invoice.number()))
                        .tell("Amount", invoice.due().text())
                        .tell("Reminder number", String.valueOf(times))
                        .link("See how to pay", payAt(invoice)));
    }

    void suspended(Invoice invoice) {
        post(
                letter("suspended_unpaid", "Your IGNY8 account is suspended")
                        .say(
                                "We have asked for the last time for what is unpaid: the"
                                        + " account is suspended. Nothing in it is lost. It opens"
                                        + " again as soon as you pay.")
                        .tell("Invoice", String.valueOf(invoice.number()))
                        .tell("Amount", invoice.due().text())
                        .link("Pay now", payAt(invoice)));
    }

    private String payAt(Invoice invoice) {
        return "%s/account/invoices/%s/pay".formatted(publicUrl, invoice.id());
    }

    void cancelScheduled(Subscription subscription) {
        String day = day(subscription.currentPeriodEnd());
        post(
                letter("cancel_scheduled", "Your subscription ends on " + day)
                        .say(
                                ("You have cancelled %s. You can use it until %s; then the account"
                                                + " is closed. Until then you can think better of it.")
                                        .formatted(subscription.plan().name(), day))
                        .link("Keep subscription", publicUrl + ACCOUNT));
    }

    void cancelled(Subscription subscription) {
        post(
                letter("cancelled", "Your subscription has ended")
                        .say(
                                ("Your subscription of %s has ended, and the account is"
                                                + " closed. Thank you for having been with us.")
                                        .formatted(subscription.plan().name())));
    }

    void resumed(Subscription subscription) {
        post(
                letter("resumed", "Your subscription goes on")
                        .say(
                                "%s goes on as it was. Its current period runs until %s."
                                        .formatted(
                                                subscription.plan().name(),
                                                day(subscription.currentPeriodEnd())))
                        .link("See your plan", publicUrl + ACCOUNT));
    }

    void planChanged(Subscription subscription) {
        String plan = subscription.plan().name();
        post(
                letter("plan_changed", "You are on %s now".formatted(plan))
                        .say("The plan of your account is %s now.".formatted(plan))
                        .tell("Until", day(subscription.currentPeriodEnd()))
                        .link("See what it includes", publicUrl + ACCOUNT));
    }

    void planChangeScheduled(Subscription subscription, Plan next) {
        String day = day(subscription.currentPeriodEnd());
        post(
                letter("plan_change_scheduled", "Your plan changes on " + day)
                        .say(
                                ("Your account stays on %s until %s, and is on %s from then"
                                                + " on. Until then you can call it off.")
                                        .formatted(subscription.plan().name(), day, next.name()))
                        .link("See your plan", publicUrl + ACCOUNT));
    }

    void planChangeDropped(
            Subscription subscription, Plan plan, List<LimitsInUse.Exceeded> exceeded) {
        post(
                letter("plan_change_dropped", "You are still on " + subscription.plan().name())
                        .say(
                                ("Your account was to change to %s, but has more than that allows"
                                                + " (%s). So it stays on %s. Remove what is too much, then"
                                                + " change the plan again.")
                                        .formatted(
                                                plan.name(),
                                                LimitsInUse.inWords(exceeded),
                                                subscription.plan().name()))
                        .link("Change plan", publicUrl + PLAN));
    }

    void creditsAdded(long credits, Instant until) {
        post(
                letter("credits_added", "%,d credits added".formatted(credits))
                        .say("Credits that you bought were added to your account.")
                        .tell("Credits", "%,d".formatted(credits))
                        .tell("Good until", day(until))
                        .link("See your credits", publicUrl + "/account/credits"));
    }

    private static String day(Instant at) {
        return DAY.format(at.atOffset(ZoneOffset.UTC));
    }

    private Message letter(String template, String subject) {
        return Message.to(accounts.current().contactEmail(), template, subject).say("Hello,");
    }

    private void post(Message message) {
        outbox.post(message.tell("Account", accounts.current().name()));
    }
}
