package com.igny8.signup;

import com.igny8.identity.NewUser;

import org.jspecify.annotations.Nullable;

/**
 * What somebody signs up with.
 *
 * @param accountName what to call the account; their own name where null
 * @param planSlug the plan; the free trial where null
 */
record Registration(NewUser user, @Nullable String accountName, @Nullable String planSlug) {}
