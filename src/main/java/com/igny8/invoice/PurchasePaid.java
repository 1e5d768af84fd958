package com.igny8.invoice;

/**
 * Nothing is due any more for what an invoice is for; published in the transaction that settles it,
 * so that what was bought is delivered with the payment or not at all. The invoice may be a draft
 * still: its number comes last.
 */
public record PurchasePaid(Invoice invoice) {}
