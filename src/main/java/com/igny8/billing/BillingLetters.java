package com.igny8.billing;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.catalog.Plan;
import com.igny8.invoice.Invoice;
import com.igny8.mail.Letter;
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
        write(
                "trial_ending",
                "Your free trial ends on " + day,
                """
                your free trial of IGNY8 ends on %s. To go on without a break, choose a plan \
                before:

                %s/account/plan

                If you do nothing, the account is shut then. Nothing in it is lost, and you \
                can choose a plan later as well.\
                """
                        .formatted(day, publicUrl));
    }

    void trialEnded(Subscription subscription) {
        write(
                "trial_ended",
                "Your free trial has ended",
                """
                your free trial of IGNY8 ended on %s, and the account is shut. Nothing in it is \
                lost. Choose a plan, and it opens again:

                %s/account/plan\
                """
                        .formatted(day(subscription.currentPeriodEnd()), publicUrl));
    }

    void renewalComing(Subscription subscription) {
        String price =
                subscription.interval().price(subscription.plan()).orElseThrow().text();
        write(
                "renewal_coming",
                "Your year on %s ends on %s"
                        .formatted(
                                subscription.plan().name(), day(subscription.currentPeriodEnd())),
                """
                your year on %s ends on %s. It goes on for another one then, for %s and tax \
                where there is one. If you want to change or cancel it, do so before:

                %s/account\
                """
                        .formatted(
                                subscription.plan().name(),
                                day(subscription.currentPeriodEnd()),
                                price,
                                publicUrl));
    }

    /** How often it failed, and when it is tried again. */
    void paymentFailed(Invoice invoice, int times, String why, Instant next) {
        write(
                "payment_failed",
                "Your payment of %s failed".formatted(invoice.due().text()),
                """
                we could not charge %s for invoice %s:

                %s

                This was try number %d. We try again on %s. Please see that there is enough \
                money, or choose another way to pay:

                %s\
                """
                        .formatted(
                                invoice.due().text(),
                                invoice.number(),
                                why,
                                times,
                                day(next),
                                payAt(invoice)));
    }

    /** A reminder, for who pays by transfer. */
    void paymentMissing(Invoice invoice, int times) {
        write(
                "payment_missing",
                "Invoice %s is not paid yet".formatted(invoice.number()),
                """
                invoice %s over %s is not paid yet. This is reminder number %d. How to pay it:

                %s

                If you have paid in the last days, there is nothing to do.\
                """
                        .formatted(
                                invoice.number(),
                                invoice.due().text(),
                                times,
                                payAt(invoice)));
    }

    void suspended(Invoice invoice) {
        write(
                "suspended_unpaid",
                "Your IGNY8 account is suspended",
                """
                invoice %s over %s was not paid, and we have asked for the last time: the \
                account is suspended. Nothing in it is lost. It opens again as soon as you pay:

                %s\
                """
                        .formatted(invoice.number(), invoice.due().text(), payAt(invoice)));
    }

    private String payAt(Invoice invoice) {
        return "%s/account/invoices/%s/pay".formatted(publicUrl, invoice.id());
    }

    void cancelScheduled(Subscription subscription) {
        write(
                "cancel_scheduled",
                "Your subscription ends on " + day(subscription.currentPeriodEnd()),
                """
                you have cancelled %s. You can use it until %s; then the account is closed. If \
                you think better of it before, press Keep subscription:

                %s/account\
                """
                        .formatted(
                                subscription.plan().name(),
                                day(subscription.currentPeriodEnd()),
                                publicUrl));
    }

    void cancelled(Subscription subscription) {
        write(
                "cancelled",
                "Your subscription has ended",
                """
                your subscription of %s has ended, and the account is closed. Thank you for \
                having been with us.\
                """
                        .formatted(subscription.plan().name()));
    }

    void resumed(Subscription subscription) {
        write(
                "resumed",
                "Your subscription goes on",
                """
                %s goes on as it was. Its current period runs until %s.\
                """
                        .formatted(
                                subscription.plan().name(),
                                day(subscription.currentPeriodEnd())));
    }

    void planChanged(Subscription subscription) {
        write(
                "plan_changed",
                "You are on %s now".formatted(subscription.plan().name()),
                """
                the plan of your account is %s now. What it includes, and until when it is paid:

                %s/account\
                """
                        .formatted(subscription.plan().name(), publicUrl));
    }

    void planChangeScheduled(Subscription subscription) {
        Subscription.Next next = subscription.next();
        if (next != null) {
            write(
                    "plan_change_scheduled",
                    "Your plan changes on " + day(subscription.currentPeriodEnd()),
                    """
                    your account stays on %s until %s, and is on %s from then on. To call this \
                    off:

                    %s/account\
                    """
                            .formatted(
                                    subscription.plan().name(),
                                    day(subscription.currentPeriodEnd()),
                                    next.plan().name(),
                                    publicUrl));
        }
    }

    void planChangeDropped(
            Subscription subscription, Plan plan, List<LimitsInUse.Exceeded> exceeded) {
        write(
                "plan_change_dropped",
                "You are still on " + subscription.plan().name(),
                """
                your account was to change to %s, but has more than that allows:

                %s

                So it stays on %s. Remove what is too much, then change the plan again:

                %s/account/plan\
                """
                        .formatted(
                                plan.name(),
                                LimitsInUse.inWords(exceeded),
                                subscription.plan().name(),
                                publicUrl));
    }

    void creditsAdded(long credits, Instant until) {
        write(
                "credits_added",
                "%,d credits added".formatted(credits),
                """
                %,d credits were added to your account. They are good until %s:

                %s/account/credits\
                """
                        .formatted(credits, day(until), publicUrl));
    }

    private static String day(Instant at) {
        return DAY.format(at.atOffset(ZoneOffset.UTC));
    }

    private void write(String template, String subject, String text) {
        Account account = accounts.current();
        outbox.post(
                new Letter(
                        account.contactEmail(),
                        template,
                        subject,
                        "Hello,\n\n%s\n\nAccount: %s\n".formatted(text, account.name())));
    }
}
