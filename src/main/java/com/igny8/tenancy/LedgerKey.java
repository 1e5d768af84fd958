package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * What a sender calls a change of credits: kept in the ledger, with the change itself, and so for
 * longer than the answer to an {@link IdempotencyKey}.
 *
 * @param value as sent, 1 to {@value IdempotencyKey#MAX_LENGTH} characters; null where none was
 *     sent
 */
public record LedgerKey(@Nullable String value) {}
