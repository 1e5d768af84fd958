package com.igny8.invoice;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A line of an invoice.
 *
 * @param unit the price of one; negative for what is given back
 * @param periodStart null where it is for no period
 * @param planVersionId the terms it is for; null where it is for none
 */
public record InvoiceLine(
        String description,
        int quantity,
        Money unit,
        @Nullable Instant periodStart,
        @Nullable Instant periodEnd,
        @Nullable UUID planVersionId) {
    public InvoiceLine {
        if (quantity < 1) {
            throw new IllegalArgumentException("A line of " + quantity);
        }
    }

    /** Something that is not for a period. */
    public static InvoiceLine of(String description, int quantity, Money unit) {
        return new InvoiceLine(description, quantity, unit, null, null, null);
    }

    public Money amount() {
        return unit.times(quantity);
    }
}
