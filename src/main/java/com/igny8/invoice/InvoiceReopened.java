package com.igny8.invoice;

/**
 * An invoice that was paid is to be paid again: its money was taken back, and no credit note
 * answers for it. Published in the transaction that reopens it.
 */
public record InvoiceReopened(Invoice invoice) {}
