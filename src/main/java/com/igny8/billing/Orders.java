package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.catalog.Plan;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Money;
import com.igny8.payment.PaymentMethods;
import com.igny8.payment.PaymentType;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Orders of plans that cost money: what was ordered begins when its invoice is paid. */
@Component
public class Orders {
    private final Subscriptions subscriptions;
    private final PaymentMethods paymentMethods;
    private final Invoices invoices;
    private final AccountClock clock;

    Orders(
            Subscriptions subscriptions,
            PaymentMethods paymentMethods,
            Invoices invoices,
            AccountClock clock) {
        this.subscriptions = subscriptions;
        this.paymentMethods = paymentMethods;
        this.invoices = invoices;
        this.clock = clock;
    }

    /** Puts the bound account, which has no plan yet, on one that it will pay for in this way. */
    public Invoice place(Plan plan, PaymentType type) {
        Instant now = clock.now();
        UUID subscription = subscriptions.startUnpaid(plan, now);
        paymentMethods.choose(type);
        return invoices.issue(
                new NewInvoice(
                        Invoice.Purpose.SUBSCRIPTION_START,
                        subscription,
                        null,
                        plan.currency(),
                        List.of(month(plan, now))));
    }

    /** A month of a plan, as a line of an invoice. */
    static InvoiceLine month(Plan plan, Instant from) {
        return new InvoiceLine(
                plan.name() + ", one month",
                1,
                new Money(plan.monthlyPriceMinor(), plan.currency()),
                from,
                Months.after(from, 1),
                plan.versionId());
    }
}
