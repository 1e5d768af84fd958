package com.igny8.billing;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.catalog.Plan;
import com.igny8.catalog.PlanTerms;
import com.igny8.catalog.PriceTag;
import com.igny8.invoice.Invoice;
import com.igny8.mail.Message;
import com.igny8.mail.Outbox;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Tells customers what happens to their subscription; posted with what they tell of. */
@Component
class BillingLetters {
    private static final String ACCOUNT = "/account";
    private static final String PLAN = "/account/plan";

    private final Supplier<Account> account;
    private final Outbox outbox;
    private final String publicUrl;

    @Autowired
    BillingLetters(
            Accounts accounts, Outbox outbox, @Value("${igny8.public-url}") String publicUrl) {
        this(accounts::current, outbox, publicUrl);
    }

    BillingLetters(Supplier<Account> account, Outbox outbox, String publicUrl) {
        this.account = account;
        this.outbox = outbox;
        this.publicUrl = publicUrl;
    }

    void trialEnding(Subscription subscription) {
        String day = Message.day(subscription.currentPeriodEnd());
        post(
                letter("trial_ending", "Your free trial ends on " + day)
                        .say(
                                ("Your free trial ends on %s. To go on without a break,"
                                                + " choose a plan before then.")
                                        .formatted(day))
                        .link("Choose a plan", publicUrl + PLAN)
                        .say(
                                "If you do nothing, the account is closed on that day. Nothing in"
                                        + " it is lost, and you can still choose a plan later."));
    }

    void trialEnded(Subscription subscription) {
        post(
                letter("trial_ended", "Your free trial has ended")
                        .say(
                                ("Your free trial ended on %s, and the account is closed. Nothing in"
                                                + " it is lost: choose a plan, and it opens again.")
                                        .formatted(Message.day(subscription.currentPeriodEnd())))
                        .link("Choose a plan", publicUrl + PLAN));
    }

    void renewalComing(Subscription subscription) {
        String plan = subscription.plan().name();
        String day = Message.day(subscription.currentPeriodEnd());
        post(
                letter("renewal_coming", "Your year on %s ends on %s".formatted(plan, day))
                        .say(
                                ("Your year on %s ends on %s, and another one begins then. If you"
                                                + " want to change or cancel your plan, do so"
                                                + " before.")
                                        .formatted(plan, day))
                        .tell("Price", price(subscription) + ", plus tax where it applies")
                        .link("See your plan", publicUrl + ACCOUNT));
    }

    /** How often it failed, and when it is tried again. */
    void paymentFailed(Invoice invoice, int times, String why, Instant next) {
        post(
                letter(
                                "payment_failed",
                                "Your payment of %s failed".formatted(invoice.due().text()))
                        .say(
                                "We could not charge what you pay with. Please see that there is"
                                        + " enough money, or pay in another way.")
                        .tell("Invoice", String.valueOf(invoice.number()))
                        .tell("Amount", invoice.due().text())
                        .tell("Why it failed", why)
                        .tell("Tries so far", String.valueOf(times))
                        .tell("We try again on", Message.day(next))
                        .link("Pay now", payAt(invoice))
                        .say("If it stays unpaid, your account is suspended. Nothing is lost."));
    }

    /** A reminder, for who pays by transfer. */
    void paymentMissing(Invoice invoice, int times) {
        post(
                letter("payment_missing", "Invoice %s is not paid yet".formatted(invoice.number()))
                        .say(
                                "An invoice is not paid yet. If you have paid it in the last days,"
                                        + " there is nothing to do.")
                        .tell("Invoice", String.valueOf(invoice.number()))
                        .tell("Amount", invoice.due().text())
                        .tell("Reminders so far", String.valueOf(times))
                        .link("See how to pay", payAt(invoice))
                        .say("If it stays unpaid, your account is suspended. Nothing is lost."));
    }

    void suspended(Invoice invoice) {
        post(
                letter("suspended_unpaid", "Your IGNY8 account is suspended")
                        .say(
                                "An invoice is still unpaid after several reminders, so the account"
                                        + " is suspended. Nothing in it is lost, and it opens again"
                                        + " as soon as you pay.")
                        .tell("Invoice", String.valueOf(invoice.number()))
                        .tell("Amount", invoice.due().text())
                        .link("Pay now", payAt(invoice)));
    }

    private String payAt(Invoice invoice) {
        return "%s/account/invoices/%s/pay".formatted(publicUrl, invoice.id());
    }

    void cancelScheduled(Subscription subscription) {
        String day = Message.day(subscription.currentPeriodEnd());
        post(
                letter("cancel_scheduled", "Your subscription ends on " + day)
                        .say(
                                ("You have cancelled %s. You can use it until %s; then the account"
                                                + " is closed. Until then you can change your"
                                                + " mind.")
                                        .formatted(subscription.plan().name(), day))
                        .link("Keep the subscription", publicUrl + ACCOUNT));
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
                                                Message.day(subscription.currentPeriodEnd())))
                        .link("See your plan", publicUrl + ACCOUNT));
    }

    void planChanged(Subscription subscription) {
        String plan = subscription.plan().name();
        post(
                letter("plan_changed", "You are on %s now".formatted(plan))
                        .say("The plan of your account is %s now.".formatted(plan))
                        .tell("Price", price(subscription))
                        .tell("Credits", credits(subscription.plan()))
                        .link("See what it includes", publicUrl + ACCOUNT));
    }

    private static String price(Subscription subscription) {
        PlanTerms terms = subscription.plan().terms();
        PriceTag tag =
                switch (subscription.interval()) {
                    case MONTH -> PriceTag.monthly(terms);
                    case YEAR -> PriceTag.annual(terms).orElseThrow();
                };
        return tag.figure() + " " + tag.unit();
    }

    private static String credits(Plan plan) {
        return "%,d %s"
                .formatted(plan.includedCredits(), plan.creditsOnce() ? "once" : "each month");
    }

    void planChangeScheduled(Subscription subscription, Plan next) {
        String day = Message.day(subscription.currentPeriodEnd());
        post(
                letter("plan_change_scheduled", "Your plan changes on " + day)
                        .say(
                                ("Your account stays on %s until %s, and changes to %s then. Until"
                                                + " then you can change your mind.")
                                        .formatted(subscription.plan().name(), day, next.name()))
                        .link("See your plan", publicUrl + ACCOUNT));
    }

    void planChangeDropped(
            Subscription subscription, Plan plan, List<LimitsInUse.Exceeded> exceeded) {
        post(
                letter("plan_change_dropped", "You are still on " + subscription.plan().name())
                        .say(
                                ("Your account was to change to %s, which allows less than you"
                                                + " have: %s. So it stays on %s. Remove what is too"
                                                + " much, then change the plan again.")
                                        .formatted(
                                                plan.name(),
                                                LimitsInUse.inWords(exceeded),
                                                subscription.plan().name()))
                        .link("Change plan", publicUrl + PLAN));
    }

    void creditsAdded(long credits, Instant until) {
        post(
                letter("credits_added", "%,d credits added".formatted(credits))
                        .say("The credits that you bought are in your account.")
                        .tell("Credits", "%,d".formatted(credits))
                        .tell("Good until", Message.day(until))
                        .link("See your credits", publicUrl + "/account/credits"));
    }

    private Message letter(String template, String subject) {
        return Message.to(account.get().contactEmail(), template, subject).say("Hello,");
    }

    private void post(Message message) {
        outbox.post(message.tell("Account", account.get().name()));
    }
}
