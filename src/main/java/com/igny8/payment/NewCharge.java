package com.igny8.payment;

import com.igny8.kernel.Money;

import java.util.UUID;

/** A payment by what the provider keeps, without the customer. The payment's id is sent as key. */
record NewCharge(
        UUID accountId,
        UUID paymentId,
        Money amount,
        String description,
        String customerReference,
        String methodReference) {}
