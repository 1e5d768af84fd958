package com.igny8.invoice;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What is to be charged. Its lines come to nothing less than zero.
 *
 * @param subject what it is for, where that is no subscription: a credit pack's slug
 */
public record NewInvoice(
        Invoice.Purpose purpose,
        @Nullable UUID subscriptionId,
        @Nullable String subject,
        String currency,
        List<InvoiceLine> lines) {
    public NewInvoice {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || sum(lines, currency).isNegative()) {
            throw new IllegalArgumentException("Lines of " + lines);
        }
    }

    Money sum() {
        return sum(lines, currency);
    }

    private static Money sum(List<InvoiceLine> lines, String currency) {
        return lines.stream().map(InvoiceLine::amount).reduce(Money.zero(currency), Money::plus);
    }
}
