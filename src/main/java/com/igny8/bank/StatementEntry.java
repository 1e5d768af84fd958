package com.igny8.bank;

import com.igny8.kernel.Money;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Money that came into the operator's account, and what it may be for.
 *
 * @param matches the best first
 */
public record StatementEntry(
        UUID id,
        LocalDate bookedOn,
        Money amount,
        String payerName,
        String purpose,
        List<StatementMatch> matches) {
    public StatementEntry {
        matches = List.copyOf(matches);
    }
}
