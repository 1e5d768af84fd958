package com.igny8.payment;

/** Some or all of a payment went back; published in the transaction that writes it down. */
public record PaymentRefunded(Payment payment) {}
