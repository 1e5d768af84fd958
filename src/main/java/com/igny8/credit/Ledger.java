package com.igny8.credit;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.JointRead;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The credits of the bound account. What is done here is part of the transaction that is there, or
 * a transaction of its own where there is none; {@link CreditDesk} is for those who bring nothing
 * else to be kept along with it.
 */
@Component
public class Ledger {
    /** More than this by hand is a mistake. */
    public static final long MAX_ADJUSTMENT = 10_000_000;

    private final TenantTransactions transactions;
    private final Bookkeeper bookkeeper;
    private final JointRead<Balance> balances;

    Ledger(TenantTransactions transactions, Bookkeeper bookkeeper) {
        this.transactions = transactions;
        this.bookkeeper = bookkeeper;
        this.balances = transactions.jointly("credit_balances", Ledger::balance);
    }

    /** Lets credits in. */
    public Entry grant(NewGrant grant) {
        return post(new Change.Grant(Change.Maker.current(), grant)).entryOrThrow();
    }

    /** Takes credits at once; 402 where fewer are available. */
    public Entry deduct(long amount, String operation, String reference, String description) {
        return post(new Change.Deduction(
                        Change.Maker.current(),
                        new Change.Purpose(operation, reference, description, null),
                        amount,
                        null))
                .entryOrThrow();
    }

    /**
     * Puts a balance right by hand, up or down; 402 where fewer are available than are to go.
     *
     * @param reference what asked for it
     */
    public Entry adjust(long amount, String reference, String description) {
        if (amount < -MAX_ADJUSTMENT || amount > MAX_ADJUSTMENT) {
            throw Problem.invalid(
                    "amount",
                    "Must be a number of credits, up or down, of at most "
                            + "%,d".formatted(MAX_ADJUSTMENT));
        }
        return post(new Change.Adjustment(
                        Change.Maker.current(), amount, reference, description, null))
                .entryOrThrow();
    }

    /**
     * Gives back what a deduction took, or a part of it; 409 where that much was not taken, or was
     * given back before.
     *
     * @param amount null for all that was not given back yet
     */
    public Entry refund(long entryId, @Nullable Long amount, String reason) {
        return post(new Change.Refund(Change.Maker.current(), entryId, amount, reason, null))
                .entryOrThrow();
    }

    /** Reserves credits for work that is about to begin; 402 where fewer are available. */
    public Hold hold(long amount, String operation, String reference, Duration deadline) {
        return hold(amount, operation, reference, null, deadline);
    }

    /** As above, for work on a site. */
    public Hold hold(
            long amount,
            String operation,
            String reference,
            @Nullable UUID siteId,
            Duration deadline) {
        return post(new Change.Reservation(
                        Change.Maker.current(),
                        new Change.Purpose(operation, reference, reference, siteId),
                        amount,
                        deadline,
                        null))
                .holdOrThrow();
    }

    /**
     * Refuses as {@link #capture} would, and does nothing else: to ask before work begins that has
     * grown since it was held for.
     */
    public void requireCapturable(UUID holdId, long amount) {
        Change.Capture capture = capturing(holdId, amount, null);
        transactions.run(sql -> captured(bookkeeper.foresee(sql::message, capture)));
    }

    /**
     * Takes what the work did cost and lets go of the rest. It may cost more than was held: 402
     * where that much is not available, 403 where a budget has not that much left, and the hold
     * stays. 409 where it was settled before, even by the same capture: what the caller keeps along
     * with it must not be kept twice.
     */
    public Entry capture(UUID holdId, long amount, String description) {
        return captured(post(capturing(holdId, amount, description)));
    }

    private static Change.Capture capturing(
            UUID holdId, long amount, @Nullable String description) {
        return new Change.Capture(Change.Maker.current(), holdId, amount, description, null);
    }

    private static Entry captured(Outcome outcome) {
        Entry entry = outcome.orThrow().entry();
        if (entry == null) {
            // Answered again, by its hold
            throw Problem.conflict("hold_settled", "This hold was captured");
        }
        return entry;
    }

    /** Gives reserved credits back; again, it does nothing. 409 where they were captured. */
    public void release(UUID holdId) {
        post(new Change.Release(Change.Maker.current(), holdId, false, null));
    }

    /** As {@link #release}, for whoever cleans up and need not know whether it was settled. */
    public void releaseIfHeld(UUID holdId) {
        post(new Change.Release(Change.Maker.current(), holdId, true, null));
    }

    private Outcome.Done post(Change change) {
        return transactions.write(
                sql -> bookkeeper.post(sql::message, List.of(change)).getFirst().orThrow());
    }

    /** How the account stands; never waits for a writer. */
    public Balance balance() {
        return balances.get().orElse(new Balance(0, 0));
    }

    private static Balance balance(ResultSet row, int number) throws SQLException {
        return new Balance(row.getLong("balance"), row.getLong("held"));
    }
}
