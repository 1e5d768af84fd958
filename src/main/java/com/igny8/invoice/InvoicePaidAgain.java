package com.igny8.invoice;

/**
 * Nothing is due any more on an invoice that was paid before and whose money was taken back: what
 * it is for was delivered then. Published in the transaction that settles it.
 */
public record InvoicePaidAgain(Invoice invoice) {}
