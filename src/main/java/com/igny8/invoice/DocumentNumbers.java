package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.tenancy.AccountSql;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Numbers that leave no gap. Whoever takes one makes all others wait until the transaction ends, so
 * it is taken as late as can be; rolled back, it is given to the next.
 */
@Component
class DocumentNumbers {
    /** Numbers of accounts that live by a test clock do not count among the real ones. */
    static final String TEST_SERIES = "TEST";

    private static final String CREDIT_NOTES = "-CN";

    private final AccountClock clock;

    DocumentNumbers(AccountClock clock) {
        this.clock = clock;
    }

    /** As {@code IGN-2026-000123}. */
    String ofInvoice(AccountSql sql, Seller seller, Instant at) {
        return take(sql, series(seller), at);
    }

    /** As {@code IGN-CN-2026-000123}. */
    String ofCreditNote(AccountSql sql, Seller seller, Instant at) {
        return take(sql, series(seller) + CREDIT_NOTES, at);
    }

    private String series(Seller seller) {
        return clock.isTest() ? TEST_SERIES : seller.invoicePrefix();
    }

    private static String take(AccountSql sql, String series, Instant at) {
        int year = at.atOffset(ZoneOffset.UTC).getYear();
        int number =
                sql.statement("SELECT take_document_number(:series, :year)")
                        .param("series", series)
                        .param("year", year)
                        .query(Integer.class)
                        .single();
        return "%s-%d-%06d".formatted(series, year, number);
    }
}
