package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.AccountStatus;
import com.igny8.account.Accounts;
import com.igny8.invoice.CreditNote;
import com.igny8.invoice.CreditNotes;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.PurchasePaid;
import com.igny8.payment.Payments;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Turns payment into service, in the transaction of the payment. */
@Component
class PaidPeriods {
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final PaidPlanChanges planChanges;
    private final OpenInvoices openInvoices;
    private final CreditPackOrders packs;
    private final MonthlyCredits credits;
    private final Arrears arrears;
    private final Invoices invoices;
    private final CreditNotes creditNotes;
    private final Accounts accounts;
    private final Payments payments;
    private final AccountClock clock;

    PaidPeriods(
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            PaidPlanChanges planChanges,
            OpenInvoices openInvoices,
            CreditPackOrders packs,
            MonthlyCredits credits,
            Arrears arrears,
            Invoices invoices,
            CreditNotes creditNotes,
            Accounts accounts,
            Payments payments,
            AccountClock clock) {
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.planChanges = planChanges;
        this.openInvoices = openInvoices;
        this.packs = packs;
        this.credits = credits;
        this.arrears = arrears;
        this.invoices = invoices;
        this.creditNotes = creditNotes;
        this.accounts = accounts;
        this.payments = payments;
        this.clock = clock;
    }

    @EventListener
    void onPaid(PurchasePaid paid) {
        Invoice invoice = paid.invoice();
        switch (invoice.purpose()) {
            case SUBSCRIPTION_START ->
                    ofInvoice(invoice).ifPresent(subscription -> begin(subscription, invoice));
            case SUBSCRIPTION_RENEWAL ->
                    ofInvoice(invoice).ifPresent(subscription -> renew(subscription, invoice));
            case PLAN_CHANGE ->
                    ofInvoice(invoice)
                            .ifPresent(subscription -> planChanges.apply(subscription, invoice));
            case CREDIT_PACK -> packs.deliver(invoice);
            case MANUAL -> {}
        }
    }

    /**
     * The subscription it is for, locked. Where that came to its end meanwhile the money is the
     * customer's.
     */
    private Optional<Subscription> ofInvoice(Invoice invoice) {
        Optional<Subscription> subscription =
                subscriptions
                        .lockedIfAny()
                        .filter(present -> present.id().equals(invoice.subscriptionId()));
        if (subscription.isEmpty() && invoice.total().isPositive()) {
            creditNotes.write(
                    invoice.id(),
                    null,
                    "Paid after the subscription was over",
                    CreditNote.Excess.BALANCE);
        }
        return subscription;
    }

    /** What was ordered begins when it is paid, not when it was ordered. */
    private void begin(Subscription before, Invoice invoice) {
        InvoiceLine line = invoice.lines().getFirst();
        Instant from = startOf(before, invoice);
        Subscription ordered = changes.putOn(before, line);
        openInvoices.withdraw(ordered);
        deliver(invoice, prolong(ordered, from, months(invoice)), from);
        changes.tell(SubscriptionChanged.Kind.STARTED);
    }

    /** What was free, or not in force, is left at once; what was paid for is used up first. */
    private Instant startOf(Subscription before, Invoice invoice) {
        Instant now = clock.now();
        boolean isFree = before.plan().isFree() && before.status() != Subscription.Status.TRIALING;
        return isFree ? now : followingOn(before, invoice, now);
    }

    /**
     * Within the days that are left to pay, the new period follows the old without a gap; later it
     * begins with the payment. What comes by bank transfer never pays for days that are over.
     */
    private Instant followingOn(Subscription subscription, Invoice invoice, Instant now) {
        AccountStatus status = accounts.lockedStatus();
        boolean isInUse = status == AccountStatus.TRIAL || status == AccountStatus.ACTIVE;
        boolean isRunning =
                switch (subscription.status()) {
                    case ACTIVE, PAST_DUE -> true;
                    case PENDING_PAYMENT, TRIALING, CANCELED -> false;
                };
        // What is a draft still is paid from the customer's balance alone
        boolean isByTransfer =
                invoice.status() != Invoice.Status.DRAFT && payments.isByBankTransfer(invoice.id());
        return isInUse && isRunning && !isByTransfer
                ? subscription.currentPeriodEnd()
                : subscription.paidFrom(now);
    }

    private void renew(Subscription subscription, Invoice invoice) {
        openInvoices.withdraw(subscription);
        Instant from = followingOn(subscription, invoice, clock.now());
        deliver(invoice, prolong(subscription, from, months(invoice)), from);
    }

    /**
     * What is earned by it is earned in the time that it gave, not in the one it was written for.
     */
    private void deliver(Invoice invoice, Subscription prolonged, Instant from) {
        InvoiceLine line = invoice.lines().getFirst();
        Instant end = prolonged.currentPeriodEnd();
        if (!from.equals(line.periodStart()) || !end.equals(line.periodEnd())) {
            invoices.delivered(invoice, from, end);
        }
    }

    static int months(Invoice invoice) {
        return months(invoice.lines().getFirst());
    }

    static int months(InvoiceLine line) {
        return Months.since(
                Objects.requireNonNull(line.periodStart()),
                Objects.requireNonNull(line.periodEnd()));
    }

    /** Extends the bound account's subscription by months that are paid for. */
    Subscription prolong(Subscription subscription, Instant from, int months) {
        Subscription prolonged = subscriptions.prolonged(subscription, from, months);
        credits.give(prolonged, from, months);
        accounts.activate();
        subscriptions.keepPeriod(prolonged);
        changes.tell(prolonged, SubscriptionChanged.Kind.PROLONGED);
        arrears.remain(prolonged);
        return prolonged;
    }
}
