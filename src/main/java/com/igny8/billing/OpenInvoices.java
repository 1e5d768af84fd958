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

    /** What its service depends on: the first, or the next, period. */
    Optional<Invoice> forPeriod(Subscription subscription) {
        return invoices.lockedOpen(subscription.id()).stream()
                .filter(OpenInvoices::isForPeriod)
                .findFirst();
    }

    private static boolean isForPeriod(Invoice invoice) {
        return !invoice.isReopened()
                && switch (invoice.purpose()) {
                    case SUBSCRIPTION_START, SUBSCRIPTION_RENEWAL -> true;
                    case PLAN_CHANGE, CREDIT_PACK, MANUAL -> false;
                };
    }

    /** What is asked for: what was had and is to be paid again, then the next period. */
    Optional<Invoice> owed(Subscription subscription) {
        return invoices.open().stream()
                .filter(OpenInvoices::isToPayAgain)
                .findFirst()
                .or(() -> forPeriod(subscription));
    }

    /** One that was written off is not asked for. */
    private static boolean isToPayAgain(Invoice invoice) {
        return invoice.isReopened() && invoice.status() == Invoice.Status.OPEN;
    }

    /** Whether the account had something for which the money was taken back. */
    boolean isAnyToPayAgain() {
        return invoices.open().stream().anyMatch(OpenInvoices::isToPayAgain);
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
                // What was had is owed whatever is agreed afterwards
                .filter(invoice -> !invoice.isReopened())
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
