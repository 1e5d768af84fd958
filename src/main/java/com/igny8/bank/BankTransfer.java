package com.igny8.bank;

import com.igny8.invoice.Invoice;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How an open invoice is paid by bank transfer.
 *
 * @param reference to be written into its purpose, in groups; null until somebody asks for it
 * @param proofName the file that shows that the money was sent; null where there is none
 * @param declinedReason why it does not show that; null where nobody says so
 */
record BankTransfer(
        Invoice invoice,
        BankAccount to,
        @Nullable String reference,
        @Nullable String proofName,
        @Nullable Instant announcedAt,
        @Nullable String declinedReason) {

    /** Whether the customer says that it is on its way, and nobody looked at that yet. */
    public boolean isAnnounced() {
        return announcedAt != null && declinedReason == null;
    }
}
