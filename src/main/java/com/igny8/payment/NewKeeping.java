package com.igny8.payment;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** A way to pay that the customer shall give to the provider, without paying yet. */
record NewKeeping(
        UUID accountId,
        String email,
        @Nullable String customerReference,
        NewCheckout.Back backTo) {}
