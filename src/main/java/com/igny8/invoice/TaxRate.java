package com.igny8.invoice;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * The tax on sales to a country from a moment on.
 *
 * @param percent 0 where the country is to be free of tax from then on
 * @param isInclusive whether prices hold it already
 * @param standing whether it is in force
 */
public record TaxRate(
        UUID id,
        String country,
        String name,
        BigDecimal percent,
        boolean isInclusive,
        Instant effectiveFrom,
        Standing standing) {
    /** Where it stands among those of its country. */
    public enum Standing {
        PAST,
        IN_FORCE,
        SCHEDULED
    }
}
