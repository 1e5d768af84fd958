package com.igny8.billing;

import com.igny8.account.AccountClock;
import com.igny8.credit.Endings;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * For operators: lets the bound account live in a time of its own, and advances it. All that falls
 * due on the way happens at its moment, one thing after the other, as it would.
 */
@Component
public class TestClocks {
    private static final int MOST_MONTHS = 60;

    private final PlatformTransactions platform;
    private final TenantTransactions transactions;
    private final BillingRun run;
    private final Endings endings;
    private final AccountClock accountClock;
    private final AuditLog auditLog;
    private final Clock clock;

    TestClocks(
            PlatformTransactions platform,
            TenantTransactions transactions,
            BillingRun run,
            Endings endings,
            AccountClock accountClock,
            AuditLog auditLog,
            Clock clock) {
        this.platform = platform;
        this.transactions = transactions;
        this.run = run;
        this.endings = endings;
        this.accountClock = accountClock;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** What time it is for the account; nothing where it lives in everybody's time. */
    public Optional<Instant> time() {
        return accountClock.isTest() ? Optional.of(accountClock.now()) : Optional.empty();
    }

    /**
     * Gives the account a clock that stands still until it is advanced; for good. 409 where it has
     * one, or where money came in for it: that is a customer.
     */
    public Instant give() {
        UUID accountId = Tenancy.accountId();
        if (hasPaid()) {
            throw Problem.conflict(
                    "account_has_paid", "This account has paid: it is no account to try things on");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int given =
                platform.write(
                        jdbc ->
                                jdbc.sql(
                                                """
                                                INSERT INTO test_clock (account_id, now_at)
                                                VALUES (:account, :now) ON CONFLICT DO NOTHING
                                                """)
                                        .param("account", accountId)
                                        .param("now", Columns.timestamp(now))
                                        .update());
        if (given == 0) {
            throw Problem.conflict("has_test_clock", "This account has a test clock already");
        }
        auditLog.record("test_clock.given", "account:" + accountId, Map.of());
        return now;
    }

    private boolean hasPaid() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT EXISTS (SELECT FROM payment
                                            WHERE account_id = :account_id
                                              AND status <> 'failed')
                                        """)
                                .query(Boolean.class)
                                .single());
    }

    /** Advances the account's clock by calendar months and days; 409 where it has none. */
    public Instant advance(int months, int days) {
        if (months < 0 || days < 0 || months + days == 0) {
            throw Problem.invalid("months", "A clock goes forward: say how many months or days");
        }
        if (months > MOST_MONTHS || days > MOST_MONTHS * 31) {
            throw Problem.invalid("months", "At most %d months at once".formatted(MOST_MONTHS));
        }
        Instant before = time().orElseThrow(TestClocks::none);
        Instant after = Months.after(before, months).plus(days, ChronoUnit.DAYS);
        auditLog.record(
                "test_clock.advanced",
                "account:" + Tenancy.accountId(),
                Map.of("from", before.toString(), "to", after.toString()));
        advanceTo(after);
        return after;
    }

    private static Problem none() {
        return Problem.conflict("no_test_clock", "This account lives in everybody's time");
    }

    /** All that falls due by then happens at its moment; credits end before new ones come. */
    void advanceTo(Instant end) {
        Ahead ahead = ahead();
        Optional<Instant> next = ahead.firstBy(end);
        Instant last = Instant.MIN;
        while (next.isPresent()) {
            Instant moment = next.get();
            if (moment.equals(last)) {
                throw new IllegalStateException("What was due at " + last + " still is");
            }
            set(moment);
            if (Ahead.isBy(ahead.ending(), moment)) {
                endings.letEnd(moment);
            }
            if (Ahead.isBy(ahead.due(), moment)) {
                run.account(Tenancy.accountId());
                // Credits that were on hold could not end before; new ones may cover the hold now
                endings.letEnd(moment);
            }
            last = moment;
            ahead = ahead();
            next = ahead.firstBy(end);
        }
        set(end);
    }

    /** When something is to be done for the subscription next, and when credits end next. */
    private record Ahead(Optional<Instant> due, Optional<Instant> ending) {
        static boolean isBy(Optional<Instant> at, Instant moment) {
            return at.filter(it -> !it.isAfter(moment)).isPresent();
        }

        Optional<Instant> firstBy(Instant end) {
            return Stream.of(due, ending)
                    .flatMap(Optional::stream)
                    .filter(at -> !at.isAfter(end))
                    .min(Comparator.naturalOrder());
        }
    }

    private Ahead ahead() {
        return new Ahead(nextDue(), endings.next());
    }

    /** As for everybody, nothing is done while the account is shut: see {@link BillingRun}. */
    private Optional<Instant> nextDue() {
        return transactions.query(
                sql ->
                        sql.statement(
                                        """
                                        SELECT next_due_at
                                          FROM subscription
                                          JOIN account ON account.id = account_id
                                         WHERE account_id = :account_id
                                           AND next_due_at IS NOT NULL
                                           AND account.deleted_at IS NULL
                                           AND account.status IN ('trial', 'active')
                                        """)
                                .query((row, number) -> Columns.instant(row, "next_due_at"))
                                .optional());
    }

    /** Never back. */
    private void set(Instant now) {
        UUID accountId = Tenancy.accountId();
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE test_clock SET now_at = greatest(now_at, :now)
                                         WHERE account_id = :account
                                        """)
                                .param("account", accountId)
                                .param("now", Columns.timestamp(now))
                                .update());
    }
}
