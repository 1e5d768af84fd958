package com.igny8.account;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** What time it is for the bound account: its test clock says where an operator gave it one. */
@Component
public class AccountClock {
    private final TenantTransactions transactions;
    private final Clock clock;

    AccountClock(TenantTransactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What a test clock said, if there is one, to the transaction that is under way. */
    private record Read(UUID accountId, @Nullable Instant testTime) {}

    /** To the microsecond, as the database keeps it. */
    public Instant now() {
        return testTime().orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Whether the account lives in a time of its own, so that what it does is a trial of it. */
    public boolean isTest() {
        return testTime().isPresent();
    }

    /** Asked once in a transaction: nobody sets a test clock in one that asks for the time. */
    private Optional<Instant> testTime() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return lookUp();
        }
        UUID accountId = Tenancy.accountId();
        if (TransactionSynchronizationManager.getResource(this) instanceof Read read
                && read.accountId().equals(accountId)) {
            return Optional.ofNullable(read.testTime());
        }
        Optional<Instant> testTime = lookUp();
        remember(new Read(accountId, testTime.orElse(null)));
        return testTime;
    }

    private Optional<Instant> lookUp() {
        return transactions.query(
                sql ->
                        sql.statement(
                                        "SELECT now_at FROM test_clock WHERE account_id = :account_id")
                                .query((row, number) -> Columns.instant(row, "now_at"))
                                .optional());
    }

    private void remember(Read read) {
        if (TransactionSynchronizationManager.unbindResourceIfPossible(this) == null) {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCompletion(int status) {
                            TransactionSynchronizationManager.unbindResource(AccountClock.this);
                        }
                    });
        }
        TransactionSynchronizationManager.bindResource(this, read);
    }
}
