package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.invoice.CreditNote;
import com.igny8.invoice.CreditNotes;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Objects;

/**
 * Carries out a change of plan whose invoice is paid. The credits of the running month are raised
 * by the difference between the plans, for what is left of the month, rounded up.
 */
@Component
class PaidPlanChanges {
    private final SubscriptionChanges changes;
    private final OpenInvoices openInvoices;
    private final MonthlyCredits credits;
    private final CreditNotes creditNotes;
    private final BillingLetters letters;
    private final Plans plans;
    private final AccountClock clock;

    PaidPlanChanges(
            SubscriptionChanges changes,
            OpenInvoices openInvoices,
            MonthlyCredits credits,
            CreditNotes creditNotes,
            BillingLetters letters,
            Plans plans,
            AccountClock clock) {
        this.changes = changes;
        this.openInvoices = openInvoices;
        this.credits = credits;
        this.creditNotes = creditNotes;
        this.letters = letters;
        this.plans = plans;
        this.clock = clock;
    }

    void apply(Subscription before, Invoice invoice) {
        InvoiceLine unused = invoice.lines().getFirst();
        InvoiceLine wanted = invoice.lines().getLast();
        if (!before.isPaidFor()
                || !before.currentPeriodEnd().equals(unused.periodEnd())
                || !before.plan().versionId().equals(unused.planVersionId())) {
            giveBack(invoice);
            return;
        }
        openInvoices.withdraw(before);
        Plan plan = plans.version(Objects.requireNonNull(wanted.planVersionId()));
        boolean isSamePeriod = before.currentPeriodEnd().equals(wanted.periodEnd());
        Subscription after =
                isSamePeriod
                        ? inPlace(before, plan)
                        : anew(before, plan, Objects.requireNonNull(wanted.periodStart()));
        letters.planChanged(after);
        changes.tell(SubscriptionChanged.Kind.PLAN_CHANGED);
    }

    private void giveBack(Invoice invoice) {
        if (invoice.total().isPositive()) {
            creditNotes.write(
                    invoice.id(),
                    null,
                    "Paid too late to change the plan",
                    CreditNote.Excess.BALANCE);
        }
    }

    private Subscription inPlace(Subscription before, Plan plan) {
        Instant now = clock.now();
        Proration month = month(before, now);
        credits.add(plan, creditsAdded(before, plan, before.interval(), now), month.end());
        Subscription after = changes.putOn(before, plan, before.interval());
        credits.rescale(after);
        return after;
    }

    private Subscription anew(Subscription before, Plan plan, Instant from) {
        BillingInterval interval = BillingInterval.YEAR;
        long first = creditsAdded(before, plan, interval, from);
        credits.dropRest(before);
        changes.putOn(before, plan, interval);
        Subscription after = changes.restart(before, from, interval.months());
        credits.give(after, from, interval.months(), first);
        return changes.keep(after);
    }

    /**
     * What the change brings at once: what the new plan gives for the time, less what was given.
     */
    static long creditsAdded(
            Subscription before, Plan plan, BillingInterval interval, Instant now) {
        Proration month = month(before, now);
        long had = before.plan().creditsOnce() ? 0 : before.plan().includedCredits();
        long gets = plan.creditsOnce() ? 0 : plan.includedCredits();
        return Math.max(
                0,
                interval == before.interval()
                        ? month.rest(Math.max(0, gets - had))
                        : gets - month.rest(had));
    }

    /** The month of the period that is running. */
    private static Proration month(Subscription it, Instant now) {
        Instant from = it.paidStart().isAfter(now) ? it.paidStart() : now;
        int month = Months.since(it.anchor(), from);
        return new Proration(
                Months.after(it.anchor(), month), Months.after(it.anchor(), month + 1), from);
    }
}
