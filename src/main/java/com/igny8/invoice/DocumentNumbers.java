package com.igny8.invoice;

import com.igny8.account.AccountClock;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Numbers that leave no gap. Whoever takes one makes all others wait until the transaction ends, so
 * it is taken as late as can be; rolled back, it is given to the next.
 */
@Component
class DocumentNumbers {
    /** Numbers of accounts that live by a test clock do not count among the real ones. */
    static final String TEST_SERIES = "TEST";

    /**
     * In a statement, the next number of the series that its parameters say: {@code
     * IGN-2026-000123}, or {@code IGN-CN-2026-000123} of a credit note.
     */
    static final String NEXT =
            """
            (SELECT concat_ws('-', :series::text, :year::integer,
                        lpad(taken::text, greatest(6, length(taken::text)), '0'))
               FROM take_document_number(:series, :year) AS taken)
            """;

    private static final String CREDIT_NOTES = "-CN";

    private final AccountClock clock;

    DocumentNumbers(AccountClock clock) {
        this.clock = clock;
    }

    /** The parameters of {@link #NEXT} for an invoice. */
    Map<String, Object> ofInvoice(Seller seller, Instant at) {
        return parameters(series(seller), at);
    }

    /** The parameters of {@link #NEXT} for a credit note. */
    Map<String, Object> ofCreditNote(Seller seller, Instant at) {
        return parameters(series(seller) + CREDIT_NOTES, at);
    }

    private String series(Seller seller) {
        return clock.isTest() ? TEST_SERIES : seller.invoicePrefix();
    }

    private static Map<String, Object> parameters(String series, Instant at) {
        return Map.of("series", series, "year", at.atOffset(ZoneOffset.UTC).getYear());
    }
}
