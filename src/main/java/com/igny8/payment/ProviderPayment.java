package com.igny8.payment;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * A payment of ours as its provider has it at present.
 *
 * @param reference how the provider calls it; null as long as it has no name for it
 * @param refunds all there are
 * @param disputes those that are known to whoever looked; others may be left out
 * @param kept what the customer let the provider keep with it
 */
record ProviderPayment(
        UUID accountId,
        UUID paymentId,
        @Nullable String reference,
        Money amount,
        Outcome outcome,
        List<Refunded> refunds,
        List<Disputed> disputes,
        @Nullable SavedMethod kept)
        implements Finding {
    ProviderPayment {
        refunds = List.copyOf(refunds);
        disputes = List.copyOf(disputes);
    }

    /**
     * Money that goes back.
     *
     * @param refundId ours; null for one that was made at the provider's
     */
    record Refunded(String reference, @Nullable UUID refundId, Money amount, RefundStatus status) {}

    /** A customer's bank, or the customer, wants the money back. */
    record Disputed(String reference, Money amount, String reason, DisputeStatus status) {}

    /** As {@link #ProviderPayment}, of which nothing but its outcome is known. */
    static ProviderPayment of(
            UUID accountId,
            UUID paymentId,
            @Nullable String reference,
            Money amount,
            Outcome outcome) {
        return new ProviderPayment(
                accountId, paymentId, reference, amount, outcome, List.of(), List.of(), null);
    }
}
