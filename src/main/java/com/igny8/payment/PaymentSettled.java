package com.igny8.payment;

/** A payment came to an end; published in the transaction that writes it down. */
public record PaymentSettled(Payment payment, Outcome outcome) {}
