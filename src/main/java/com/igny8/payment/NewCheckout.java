package com.igny8.payment;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.UUID;

/**
 * A payment to be made by the customer on a page of the provider's.
 *
 * @param description what is paid, for the customer: {@code Invoice IGN-2026-000123}
 * @param customerReference how the provider calls the customer, where it knows them
 * @param keepsMethod whether the provider is to keep how they pay, for renewals
 * @param backTo where the customer goes afterwards
 */
record NewCheckout(
        UUID accountId,
        UUID paymentId,
        Money amount,
        String description,
        String email,
        @Nullable String customerReference,
        boolean keepsMethod,
        Back backTo) {

    /** Where a page of the provider's leads to. */
    record Back(URI whenDone, URI whenCancelled) {}
}
