package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.Accounts;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Problem;
import com.igny8.payment.PaymentMethods;
import com.igny8.payment.PaymentType;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.Optional;

/** Changes the plan of the bound account, for its owner. */
@Component
class PlanChanges {
    private final TenantTransactions transactions;
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final PlanChangeQuotes quotes;
    private final OpenInvoices openInvoices;
    private final MonthlyCredits credits;
    private final Invoices invoices;
    private final PaymentMethods paymentMethods;
    private final Accounts accounts;
    private final BillingLetters letters;
    private final AuditLog auditLog;
    private final AccountClock clock;

    PlanChanges(
            TenantTransactions transactions,
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            PlanChangeQuotes quotes,
            OpenInvoices openInvoices,
            MonthlyCredits credits,
            Invoices invoices,
            PaymentMethods paymentMethods,
            Accounts accounts,
            BillingLetters letters,
            AuditLog auditLog,
            AccountClock clock) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.quotes = quotes;
        this.openInvoices = openInvoices;
        this.credits = credits;
        this.invoices = invoices;
        this.paymentMethods = paymentMethods;
        this.accounts = accounts;
        this.letters = letters;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** What somebody wants to be on, and how they pay for it where that is not known yet. */
    record Wanted(String planSlug, BillingInterval interval, @Nullable String paymentMethod) {}

    /** What came of it; the invoice is to be paid unless it is paid already. */
    record Done(PlanChange change, Optional<Invoice> invoice) {}

    /** What it would come to now. */
    PlanChange preview(Wanted wanted) {
        Tenancy.caller().require(Role.OWNER);
        return quotes.of(subscriptions.current(), wanted.planSlug(), wanted.interval());
    }

    Done change(Wanted wanted) {
        Tenancy.caller().require(Role.OWNER);
        return transactions.write(
                sql -> {
                    // Whoever adds a site or a member counts under this lock as well
                    accounts.lockForLimits();
                    Subscription before = subscriptions.locked();
                    PlanChange change = quotes.of(before, wanted.planSlug(), wanted.interval());
                    Optional<Invoice> invoice = carryOut(change, wanted);
                    record(change);
                    return new Done(change, invoice);
                });
    }

    private Optional<Invoice> carryOut(PlanChange change, Wanted wanted) {
        return switch (change.effect()) {
            case KEPT -> {
                changes.keep(change.before());
                letters.resumed(subscriptions.current());
                changes.tell(SubscriptionChanged.Kind.RESUMED);
                yield Optional.empty();
            }
            case AT_PERIOD_END -> {
                openInvoices.withdraw(change.before());
                Subscription after =
                        changes.schedule(change.before(), change.plan(), change.interval());
                letters.planChangeScheduled(after, change.plan());
                changes.tell(SubscriptionChanged.Kind.PLAN_CHANGE_SCHEDULED);
                yield Optional.empty();
            }
            case AT_ONCE, WHEN_PAID -> {
                openInvoices.withdraw(change.before());
                yield change.bill() == null
                        ? beginFree(change)
                        : Optional.of(order(change, change.bill(), wanted));
            }
        };
    }

    private Optional<Invoice> beginFree(PlanChange change) {
        credits.dropRest(change.before());
        changes.putOn(change.before(), change.plan(), BillingInterval.MONTH);
        Subscription after = changes.beginFree(change.before(), clock.now());
        accounts.activate();
        credits.begin(after);
        letters.planChanged(after);
        changes.tell(SubscriptionChanged.Kind.PLAN_CHANGED);
        return Optional.empty();
    }

    /** Paid from the customer's balance, if that is enough, it comes about with the issue. */
    private Invoice order(PlanChange change, PlanChange.Bill bill, Wanted wanted) {
        choosePaymentMethod(wanted.paymentMethod());
        if (change.before().status() == Subscription.Status.PENDING_PAYMENT) {
            changes.putOn(change.before(), change.plan(), change.interval());
        }
        return invoices.issue(bill.invoice());
    }

    private void choosePaymentMethod(@Nullable String key) {
        if (key != null) {
            PaymentType type = PaymentType.require(key);
            if (paymentMethods.byDefault().filter(method -> method.type() == type).isEmpty()) {
                paymentMethods.choose(type);
            }
        } else if (paymentMethods.byDefault().isEmpty()) {
            throw Problem.invalid("payment_method", "Choose how to pay");
        }
    }

    private void record(PlanChange change) {
        auditLog.recordChange(
                "subscription.plan_changed",
                "subscription:" + change.before().id(),
                Map.of("takes_effect", change.effect().key()),
                Map.of(
                        "plan", change.before().plan().name(),
                        "billing_interval", change.before().interval().key()),
                Map.of(
                        "plan", change.plan().name(),
                        "billing_interval", change.interval().key()));
    }
}
