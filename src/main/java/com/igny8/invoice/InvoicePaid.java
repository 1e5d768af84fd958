package com.igny8.invoice;

/**
 * Nothing is due on an invoice any more; published in the transaction that settles it, so that what
 * was bought is delivered with the payment or not at all.
 */
public record InvoicePaid(Invoice invoice) {}
