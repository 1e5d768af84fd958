package com.igny8.payment;

import com.igny8.kernel.Money;

import java.util.UUID;

/**
 * Money to go back. The refund's id is sent as key.
 *
 * @param reference how the provider calls the payment
 */
record NewRefund(UUID accountId, UUID paymentId, UUID refundId, String reference, Money amount) {}
