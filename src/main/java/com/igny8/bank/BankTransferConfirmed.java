package com.igny8.bank;

import java.time.Instant;
import java.util.UUID;

/**
 * What became of a transfer that an operator confirmed.
 *
 * @param status of the subscription
 * @param credits that the account has now
 * @param due what is still to be paid on the invoice, in major units
 */
public record BankTransferConfirmed(
        UUID accountId,
        UUID subscriptionId,
        String status,
        long credits,
        Instant periodStart,
        Instant periodEnd,
        UUID paymentId,
        UUID invoiceId,
        String invoiceNumber,
        String invoiceStatus,
        String due) {}
