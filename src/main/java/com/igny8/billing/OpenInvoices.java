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

    OpenInvoices(Invoices invoices) {
        this.invoices = invoices;
    }

    /** To be called before the subscription is locked, as payments lock the invoice first. */
    void lock(Subscription subscription) {
        invoices.lockedOpen(subscription.id());
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
