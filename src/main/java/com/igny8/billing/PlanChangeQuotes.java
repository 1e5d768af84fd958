package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.invoice.CustomerBalance;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.invoice.Tax;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells what changing the bound account's plan would come to; changes nothing. */
@Component
class PlanChangeQuotes {
    private final Plans plans;
    private final LimitsInUse limits;
    private final Invoices invoices;
    private final CustomerBalance balance;
    private final AccountClock clock;

    PlanChangeQuotes(
            Plans plans,
            LimitsInUse limits,
            Invoices invoices,
            CustomerBalance balance,
            AccountClock clock) {
        this.plans = plans;
        this.limits = limits;
        this.invoices = invoices;
        this.balance = balance;
        this.clock = clock;
    }

    /** 400 where it cannot be chosen, 409 where what the account has does not fit it. */
    PlanChange of(Subscription current, String planSlug, BillingInterval interval) {
        Plan wanted = chosen(current, planSlug);
        if (wanted.isFree() && interval != BillingInterval.MONTH) {
            throw Problem.invalid("billing_interval", wanted.name() + " costs nothing");
        }
        interval.requirePrice(wanted);
        if (isWhatItIs(current, wanted, interval)) {
            return kept(current);
        }
        limits.requireFit(wanted);
        return current.isPaidFor()
                ? ofPaid(current, wanted, interval)
                : ofUnpaid(current, wanted, interval);
    }

    /** Who is on terms that are offered no more can stay on them, and come back to them. */
    private Plan chosen(Subscription current, String slug) {
        Plan offered =
                plans.latest(slug)
                        .filter(plan -> plan.isPublic() && plan.isActive())
                        .filter(plan -> plan.trialDays() == null)
                        .orElse(null);
        if (current.plan().slug().equals(slug)
                && (offered == null || current.next() != null || current.cancelAtPeriodEnd())) {
            return current.plan();
        }
        if (offered == null) {
            throw Problem.invalid("plan_slug", "There is no such plan on offer");
        }
        return offered;
    }

    private static boolean isWhatItIs(Subscription current, Plan wanted, BillingInterval interval) {
        return wanted.versionId().equals(current.plan().versionId())
                && (wanted.isFree() || interval == current.interval());
    }

    private PlanChange kept(Subscription current) {
        if (current.next() == null && !current.cancelAtPeriodEnd()) {
            throw Problem.conflict(
                    "plan_unchanged", "You are on " + current.plan().name() + " already");
        }
        return new PlanChange(
                current,
                current.plan(),
                current.interval(),
                PlanChange.Effect.KEPT,
                clock.now(),
                0,
                null);
    }

    /** What is in force was not paid for: nothing of it is left to be given back. */
    private PlanChange ofUnpaid(Subscription current, Plan wanted, BillingInterval interval) {
        Instant now = clock.now();
        if (wanted.isFree()) {
            return new PlanChange(
                    current,
                    wanted,
                    interval,
                    PlanChange.Effect.AT_ONCE,
                    now,
                    wanted.includedCredits(),
                    null);
        }
        return new PlanChange(
                current,
                wanted,
                interval,
                PlanChange.Effect.WHEN_PAID,
                now,
                wanted.includedCredits(),
                bill(Orders.start(current.id(), wanted, interval, now)));
    }

    private PlanChange ofPaid(Subscription current, Plan wanted, BillingInterval interval) {
        return upgrade(current, wanted, interval).orElseGet(() -> later(current, wanted, interval));
    }

    /**
     * More is to be paid, so it can begin at once: on a larger plan, or for a longer time. Nothing
     * where it comes to less, which waits for the period's end.
     */
    private Optional<PlanChange> upgrade(
            Subscription current, Plan wanted, BillingInterval interval) {
        boolean isSmaller =
                !wanted.currency().equals(current.plan().currency())
                        || wanted.monthlyPriceMinor() < current.plan().monthlyPriceMinor()
                        || interval.months() < current.interval().months();
        boolean isComparable = current.interval().price(wanted).isPresent();
        if (isSmaller || (interval == current.interval() && !isComparable)) {
            return Optional.empty();
        }
        Instant now = clock.now();
        List<InvoiceLine> lines =
                interval == current.interval()
                        ? restOfPeriod(current, wanted, now)
                        : newPeriod(current, wanted, interval, now);
        Money sum = lines.stream().map(InvoiceLine::amount).reduce(Money::plus).orElseThrow();
        if (sum.isNegative()) {
            return Optional.empty();
        }
        return Optional.of(
                new PlanChange(
                        current,
                        wanted,
                        interval,
                        sum.isZero() ? PlanChange.Effect.AT_ONCE : PlanChange.Effect.WHEN_PAID,
                        now,
                        PaidPlanChanges.creditsAdded(current, wanted, interval, now),
                        bill(
                                new NewInvoice(
                                        Invoice.Purpose.PLAN_CHANGE,
                                        current.id(),
                                        null,
                                        wanted.currency(),
                                        lines))));
    }

    /** The same time on another plan: the rest of the old one back, the rest of the new one due. */
    private static List<InvoiceLine> restOfPeriod(Subscription current, Plan wanted, Instant now) {
        Proration rest = new Proration(current.paidStart(), current.currentPeriodEnd(), now);
        Instant end = current.currentPeriodEnd();
        return List.of(
                unused(current, rest),
                new InvoiceLine(
                        wanted.name() + ", the rest of the period",
                        1,
                        rest.rest(current.priceOfPeriod(wanted)),
                        rest.at(),
                        end,
                        wanted.versionId()));
    }

    /** A longer time from now on. */
    private static List<InvoiceLine> newPeriod(
            Subscription current, Plan wanted, BillingInterval interval, Instant now) {
        return List.of(
                unused(
                        current,
                        new Proration(current.paidStart(), current.currentPeriodEnd(), now)),
                Orders.line(wanted, interval, now, Months.after(now, interval.months())));
    }

    private static InvoiceLine unused(Subscription current, Proration rest) {
        return new InvoiceLine(
                current.plan().name() + ", not used",
                1,
                rest.rest(current.priceOfPeriod(current.plan())).negated(),
                rest.at(),
                rest.end(),
                current.plan().versionId());
    }

    private PlanChange later(Subscription current, Plan wanted, BillingInterval interval) {
        return new PlanChange(
                current,
                wanted,
                interval,
                PlanChange.Effect.AT_PERIOD_END,
                current.currentPeriodEnd(),
                0,
                wanted.isFree() ? null : bill(Orders.renewal(current, wanted, interval)));
    }

    private PlanChange.Bill bill(NewInvoice invoice) {
        Tax.Amounts amounts = invoices.preview(invoice);
        return new PlanChange.Bill(
                invoice, amounts, balance.of(invoice.currency()).min(amounts.total()));
    }
}
