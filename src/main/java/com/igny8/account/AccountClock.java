package com.igny8.account;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What time it is for the bound account: its test clock says where an operator gave it one. */
@Component
public class AccountClock {
    private final TenantTransactions transactions;
    private final Clock clock;

    AccountClock(TenantTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** To the microsecond, as the database keeps it. */
    public Instant now() {
        return testTime().orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Whether the account lives in a time of its own, so that what it does is a trial of it. */
    public boolean isTest() {
        return testTime().isPresent();
    }

    private Optional<Instant> testTime() {
        return transactions.query(
                sql ->
                        sql.statement(
                                        "SELECT now_at FROM test_clock WHERE account_id = :account_id")
                                .query((row, number) -> Columns.instant(row, "now_at"))
                                .optional());
    }
}
