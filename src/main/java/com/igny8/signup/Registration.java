package com.igny8.signup;

import com.igny8.identity.Newcomer;

import org.jspecify.annotations.Nullable;

/**
 * What somebody signs up with.
 *
 * @param accountName what to call the account; their own name where null
 * @param planSlug the plan; the free trial where null
 * @param paymentMethod how a plan that costs money will be paid
 */
record Registration(
        Newcomer newcomer,
        @Nullable String accountName,
        @Nullable String planSlug,
        @Nullable String paymentMethod) {}
