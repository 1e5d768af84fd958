package com.igny8.billing;

import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Component;

import java.util.Optional;
import java.util.UUID;

/** What the bound account is to pay next. */
@Component
public class Checkout {
    private final Subscriptions subscriptions;
    private final Invoices invoices;

    Checkout(Subscriptions subscriptions, Invoices invoices) {
        this.subscriptions = subscriptions;
        this.invoices = invoices;
    }

    /** The oldest invoice that waits to be paid; nothing where nobody is bound or none does. */
    public Optional<UUID> waiting() {
        return Tenancy.callerIfBound().isEmpty()
                ? Optional.empty()
                : subscriptions
                        .find()
                        .flatMap(subscription -> invoices.openFor(subscription.id()))
                        .map(Invoice::id);
    }
}
