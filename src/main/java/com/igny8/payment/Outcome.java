package com.igny8.payment;

/** What became of a payment, as far as is known. */
public sealed interface Outcome {

    /** The money is on its way, or waits for the customer. */
    record Pending() implements Outcome {}

    /** The money is there. */
    record Succeeded() implements Outcome {}

    /**
     * No money moved.
     *
     * @param code the provider's, such as {@code insufficient_funds}
     * @param message for the customer: what was wrong
     * @param mayRetry whether the same method may work another day
     */
    record Failed(String code, String message, boolean mayRetry) implements Outcome {}
}
