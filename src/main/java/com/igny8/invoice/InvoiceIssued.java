package com.igny8.invoice;

/** An invoice was issued and is open; published in the transaction that does it. */
public record InvoiceIssued(Invoice invoice) {}
