package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.Plan;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.payment.PaymentMethods;
import com.igny8.payment.PaymentType;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Orders of plans: what costs money begins when its invoice is paid, what does not at once. */
@Component
public class Orders {
    private final Subscriptions subscriptions;
    private final MonthlyCredits credits;
    private final PaymentMethods paymentMethods;
    private final Invoices invoices;
    private final AccountClock clock;

    Orders(
            Subscriptions subscriptions,
            MonthlyCredits credits,
            PaymentMethods paymentMethods,
            Invoices invoices,
            AccountClock clock) {
        this.subscriptions = subscriptions;
        this.credits = credits;
        this.paymentMethods = paymentMethods;
        this.invoices = invoices;
        this.clock = clock;
    }

    /** Puts the bound account, which has no plan yet, on one without a price. */
    public void begin(Plan plan, Instant now) {
        subscriptions.start(plan, now);
        credits.begin(subscriptions.current());
    }

    /** Puts the bound account, which has no plan yet, on one that it will pay for in this way. */
    public Invoice place(Plan plan, BillingInterval interval, PaymentType type) {
        Instant now = clock.now();
        interval.requirePrice(plan);
        UUID subscription = subscriptions.startUnpaid(plan, interval, now);
        paymentMethods.choose(type);
        return invoices.issue(start(subscription, plan, interval, now));
    }

    /** The oldest invoice that waits to be paid; nothing where nobody is bound or none does. */
    public Optional<UUID> waiting() {
        return Tenancy.callerIfBound().isEmpty()
                ? Optional.empty()
                : subscriptions
                        .find()
                        .flatMap(subscription -> invoices.openFor(subscription.id()))
                        .map(Invoice::id);
    }

    /** What the beginning of a plan costs. */
    static NewInvoice start(
            UUID subscriptionId, Plan plan, BillingInterval interval, Instant from) {
        return invoice(
                Invoice.Purpose.SUBSCRIPTION_START,
                subscriptionId,
                line(plan, interval, from, Months.after(from, interval.months())));
    }

    /** What the period after the current one costs. */
    static NewInvoice renewal(Subscription subscription, Plan plan, BillingInterval interval) {
        Instant from = subscription.currentPeriodEnd();
        Instant anchor =
                Months.beginsOne(subscription.anchor(), from) ? subscription.anchor() : from;
        Instant end = Months.after(anchor, Months.since(anchor, from) + interval.months());
        return invoice(
                Invoice.Purpose.SUBSCRIPTION_RENEWAL,
                subscription.id(),
                line(plan, interval, from, end));
    }

    private static NewInvoice invoice(
            Invoice.Purpose purpose, UUID subscriptionId, InvoiceLine line) {
        return new NewInvoice(purpose, subscriptionId, null, line.unit().currency(), List.of(line));
    }

    /** Months of a plan, as a line of an invoice. */
    static InvoiceLine months(Plan plan, Instant from, int months) {
        return new InvoiceLine(
                plan.name() + ", " + (months == 1 ? "one month" : months + " months"),
                months,
                plan.terms().monthlyPrice(),
                from,
                Months.after(from, months),
                plan.versionId());
    }

    /** A month or a year of a plan, as a line of an invoice. */
    static InvoiceLine line(Plan plan, BillingInterval interval, Instant from, Instant end) {
        return new InvoiceLine(
                plan.name() + ", " + interval.inWords(),
                1,
                interval.requirePrice(plan),
                from,
                end,
                plan.versionId());
    }
}
