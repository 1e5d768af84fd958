package com.igny8.payment;

import java.util.UUID;

/** Charges what an account's provider keeps, without the customer: for renewals and orders. */
@FunctionalInterface
public interface SavedMethodCharge {
    /**
     * Charges what is due on an invoice to the account's default method. Called again for the same
     * attempt it charges nothing more, and tells what became of it. Never call it in a transaction.
     *
     * @param attempt which try it is: each may charge once
     */
    Outcome charge(UUID accountId, UUID invoiceId, String attempt);
}
