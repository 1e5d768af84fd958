package com.igny8.billing;

import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;

import org.springframework.stereotype.Component;

import java.util.Optional;
import java.util.function.Predicate;

/** What a subscription waits to be paid for. */
@Component
class OpenInvoices {
    private final Invoices invoices;
    private final Subscriptions subscriptions;

    OpenInvoices(Invoices invoices, Subscriptions subscriptions) {
        this.invoices = invoices;
        this.subscriptions = subscriptions;
    }

    /**
     * The subscription as it is when nobody else can change it, or what is open for it, until the
     * transaction ends. The invoices come first, as they do where one is paid.
     */
    Subscription lockedWith(Subscription found) {
        invoices.lockedOpen(found.id());
        return subscriptions.locked();
    }

    /** What its service depends on: the first, or the next, period. */
    Optional<Invoice> forPeriod(Subscription subscription) {
        return invoices.lockedOpen(subscription.id()).stream()
                .filter(
                        invoice ->
                                switch (invoice.purpose()) {
                                    case SUBSCRIPTION_START, SUBSCRIPTION_RENEWAL -> true;
                                    case PLAN_CHANGE, CREDIT_PACK, MANUAL -> false;
                                })
                .findFirst();
    }

    /** Takes all of them back: something else was agreed. */
    void withdraw(Subscription subscription) {
        withdraw(subscription, invoice -> true);
    }

    /** Takes back what was to be paid for another plan. */
    void withdrawPlanChanges(Subscription subscription) {
        withdraw(subscription, invoice -> invoice.purpose() == Invoice.Purpose.PLAN_CHANGE);
    }

    private void withdraw(Subscription subscription, Predicate<Invoice> which) {
        invoices.lockedOpen(subscription.id()).stream()
                .filter(invoice -> invoice.status() == Invoice.Status.OPEN)
                .filter(which)
                .forEach(this::withdraw);
    }

    /** What is paid in part cannot be void; it is not asked for any more. */
    private void withdraw(Invoice invoice) {
        if (invoice.paid().isPositive()) {
            invoices.giveUp(invoice.id());
        } else {
            invoices.annul(invoice.id());
        }
    }
}
