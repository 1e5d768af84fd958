package com.igny8.credit;

import java.util.UUID;

/**
 * The balance of an account went below what it asked to be told of; published in the transaction
 * that tells its owner.
 */
public record CreditsLow(UUID accountId, long balance, long below) {}
