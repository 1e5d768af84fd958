package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Problem;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** As many months of the bound account's plan as a customer likes to pay at once. */
@Component
public class Prepayments {
    private final Subscriptions subscriptions;
    private final Plans plans;
    private final Invoices invoices;
    private final AccountClock clock;

    Prepayments(Subscriptions subscriptions, Plans plans, Invoices invoices, AccountClock clock) {
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.invoices = invoices;
        this.clock = clock;
    }

    /** What is paid for, locked with what is open for it until the transaction ends. */
    public Subscription locked() {
        return subscriptions.locked();
    }

    /**
     * What is open for the subscription. Where that is for fewer months than are paid at once, an
     * invoice for all of them takes its place.
     */
    public Optional<Invoice> open(Subscription subscription, int months) {
        return invoices.openFor(subscription.id())
                .map(open -> longEnough(open, subscription, months));
    }

    private Invoice longEnough(Invoice open, Subscription subscription, int months) {
        return switch (open.purpose()) {
            case SUBSCRIPTION_START, SUBSCRIPTION_RENEWAL -> {
                if (open.isReopened() || PaidPeriods.months(open) >= months) {
                    yield open;
                }
                invoices.annul(open.id());
                var terms = Objects.requireNonNull(open.lines().getFirst().planVersionId());
                yield issue(open.purpose(), subscription, plans.version(terms), months);
            }
            case PLAN_CHANGE, CREDIT_PACK, MANUAL -> open;
        };
    }

    /** An invoice for months that nobody asked money for yet; 409 where the plan has no price. */
    public Invoice ahead(Subscription subscription, int months) {
        if (subscription.plan().isFree()) {
            throw Problem.conflict(
                    "nothing_due",
                    "%s has no price, and there is no open invoice"
                            .formatted(subscription.plan().name()));
        }
        return issue(
                switch (subscription.status()) {
                    case PENDING_PAYMENT -> Invoice.Purpose.SUBSCRIPTION_START;
                    case TRIALING, ACTIVE, PAST_DUE, CANCELED ->
                            Invoice.Purpose.SUBSCRIPTION_RENEWAL;
                },
                subscription,
                subscription.plan(),
                months);
    }

    private Invoice issue(
            Invoice.Purpose purpose, Subscription subscription, Plan plan, int months) {
        var line = Orders.months(plan, subscription.paidFrom(clock.now()), months);
        return invoices.issue(
                new NewInvoice(purpose, subscription.id(), null, plan.currency(), List.of(line)));
    }
}
