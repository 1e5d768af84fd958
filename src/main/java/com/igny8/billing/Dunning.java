package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.account.AccountStatus;
import com.igny8.account.Accounts;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.payment.Outcome;
import com.igny8.payment.SavedMethodCharge;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;

/** Asks for what is unpaid, again and again; after the last time the account is suspended. */
@Component
class Dunning {
    /** How long a provider that has not said yet is left alone. */
    private static final Duration PENDING = Duration.ofHours(6);

    private static final Outcome.Failed NOT_CHARGED =
            new Outcome.Failed("no_payment_method", "Nothing was charged", false);

    private final TenantTransactions transactions;
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final OpenInvoices openInvoices;
    private final Invoices invoices;
    private final Accounts accounts;
    private final BillingLetters letters;
    private final BillingSettings settings;
    private final AccountClock clock;
    private final SavedMethodCharge charges;

    Dunning(
            TenantTransactions transactions,
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            OpenInvoices openInvoices,
            Invoices invoices,
            Accounts accounts,
            BillingLetters letters,
            BillingSettings settings,
            AccountClock clock,
            SavedMethodCharge charges) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.openInvoices = openInvoices;
        this.invoices = invoices;
        this.accounts = accounts;
        this.letters = letters;
        this.settings = settings;
        this.clock = clock;
        this.charges = charges;
    }

    /** The provider is asked first, outside of any transaction; asked twice, it charges once. */
    void attempt(DueWork.ToCharge toCharge) {
        Outcome outcome = outcome(toCharge);
        transactions.run(
                sql -> {
                    Subscription subscription = subscriptions.locked();
                    if (subscription.status() == Subscription.Status.PAST_DUE
                            && subscription.dunning().step() == toCharge.attempt()) {
                        take(subscription, invoices.get(toCharge.invoiceId()), outcome);
                    }
                });
    }

    /** Who had their money given back is asked for it, and not charged again behind their back. */
    private Outcome outcome(DueWork.ToCharge toCharge) {
        return toCharge.isReopened()
                ? NOT_CHARGED
                : charges.charge(
                        Tenancy.accountId(), toCharge.invoiceId(), "renewal-" + toCharge.attempt());
    }

    private void take(Subscription subscription, Invoice invoice, Outcome outcome) {
        int step = subscription.dunning().step();
        switch (outcome) {
            // What came in has brought its service with it, but for what is owed beside
            case Outcome.Succeeded succeeded ->
                    changes.attemptNext(
                            subscription,
                            step,
                            openInvoices.owed(subscription).isPresent()
                                    ? clock.now().plus(PENDING)
                                    : null);
            case Outcome.Pending pending ->
                    changes.attemptNext(subscription, step, clock.now().plus(PENDING));
            case Outcome.Failed failed -> fail(subscription, invoice, step, failed);
        }
    }

    private void fail(Subscription subscription, Invoice invoice, int step, Outcome.Failed failed) {
        if (step == settings.dunning().size()) {
            suspend(subscription, invoice, step);
            return;
        }
        Instant next = clock.now().plus(Duration.ofDays(settings.daysAfter(step)));
        changes.attemptNext(subscription, step + 1, next);
        if (!failed.code().equals("no_payment_method")) {
            letters.paymentFailed(invoice, step + 1, failed.message(), next);
        } else if (step > 0) {
            letters.paymentMissing(invoice, step);
        }
    }

    private void suspend(Subscription subscription, Invoice invoice, int step) {
        changes.attemptNext(subscription, step, null);
        if (accounts.current().status() == AccountStatus.ACTIVE) {
            accounts.suspend("Invoice %s was not paid".formatted(invoice.number()));
            letters.suspended(invoice);
            changes.tell(SubscriptionChanged.Kind.SUSPENDED);
        }
    }
}
