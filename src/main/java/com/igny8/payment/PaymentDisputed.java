package com.igny8.payment;

/** A payment is wanted back, or that was decided; published in the transaction that notes it. */
public record PaymentDisputed(Payment payment, DisputeStatus status) {}
