package com.igny8.invoice;

/**
 * Nothing is due on an invoice any more, and what it is for is delivered; published in that
 * transaction, to be told of.
 */
public record InvoicePaid(Invoice invoice) {}
