package com.igny8.account;

/**
 * An operator suspended an account; published in the transaction that does it.
 *
 * @param reason what the customer is told
 */
public record AccountSuspended(Account account, String reason) {}
