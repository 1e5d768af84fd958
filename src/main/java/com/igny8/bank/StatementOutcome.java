package com.igny8.bank;

import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What became of one of many confirmations.
 *
 * @param refusal why it was not confirmed; null where it was
 */
public record StatementOutcome(UUID entryId, UUID invoiceId, @Nullable Problem refusal) {
    public boolean isConfirmed() {
        return refusal == null;
    }
}
