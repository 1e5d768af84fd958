package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * What a sender calls a change of credits. Kept in the ledger with what it took or held, and so for
 * longer than the answer to an {@link IdempotencyKey}. A release takes and holds nothing, so its
 * key is not kept: the hold itself tells that it was released.
 *
 * @param value as sent, 1 to {@value IdempotencyKey#MAX_LENGTH} characters; null where none was
 *     sent
 */
public record LedgerKey(@Nullable String value) {}
