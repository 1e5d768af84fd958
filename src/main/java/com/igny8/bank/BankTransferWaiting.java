package com.igny8.bank;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * An open invoice that may be paid by bank transfer, as operators see it.
 *
 * @param billedTo whom the invoice names
 * @param reference what should stand in the purpose of the transfer; null where nobody asked for it
 * @param announcedAt when the customer sent a proof that nobody declined; null otherwise
 */
public record BankTransferWaiting(
        UUID accountId,
        String accountName,
        UUID invoiceId,
        String invoiceNumber,
        Money due,
        Instant dueAt,
        String billedTo,
        @Nullable String reference,
        @Nullable Instant announcedAt) {

    /** What a confirmation of it is called unless the bank has a name for it. */
    public String usualPaymentId() {
        return "transfer:" + (reference == null ? invoiceNumber : reference);
    }
}
