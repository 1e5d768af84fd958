package com.igny8.invoice;

/**
 * An invoice was taken back, or a part of it; published in the transaction that does it. What is to
 * be refunded is for whoever keeps the payments.
 */
public record CreditNoteIssued(CreditNote note) {}
