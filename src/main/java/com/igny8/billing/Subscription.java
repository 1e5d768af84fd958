package com.igny8.billing;

import com.igny8.catalog.Plan;
import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * An account on a version of a plan, for a period.
 *
 * @param anchor what its months are counted from
 * @param next what it changes to at the period's end; null where it stays as it is
 * @param noticesSent how many letters told of the period's end before it
 */
public record Subscription(
        UUID id,
        Plan plan,
        BillingInterval interval,
        Status status,
        Instant anchor,
        Instant currentPeriodStart,
        Instant currentPeriodEnd,
        boolean cancelAtPeriodEnd,
        @Nullable Next next,
        Dunning dunning,
        int noticesSent) {

    /** How it stands with it. */
    public enum Status {
        PENDING_PAYMENT,
        TRIALING,
        ACTIVE,
        PAST_DUE,
        CANCELED;

        /** As in the database and in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** A change that was asked for and waits for the period's end. */
    public record Next(Plan plan, BillingInterval interval) {}

    /**
     * How far it is with asking for money.
     *
     * @param step how often it was asked for
     * @param nextAttemptAt null where it is not asked for again
     */
    public record Dunning(int step, @Nullable Instant nextAttemptAt) {}

    /** From when on a payment that arrives now counts: nothing that was paid for is lost by it. */
    Instant paidFrom(Instant now) {
        return switch (status) {
            case PENDING_PAYMENT, CANCELED -> now;
            case TRIALING, ACTIVE, PAST_DUE ->
                    currentPeriodEnd.isAfter(now) ? currentPeriodEnd : now;
        };
    }

    /** Whether it is in force and was paid for. */
    boolean isPaidFor() {
        return status == Status.ACTIVE && !plan.isFree();
    }

    /** Where the part of the period begins that was paid for: a trial before it was not. */
    Instant paidStart() {
        return anchor.isAfter(currentPeriodStart) ? anchor : currentPeriodStart;
    }

    /** How many months were paid for. */
    int paidMonths() {
        return Months.since(anchor, currentPeriodEnd) - Months.since(anchor, paidStart());
    }

    /** What the period cost, or would have cost on another plan. */
    Money priceOfPeriod(Plan which) {
        return switch (interval) {
            case MONTH -> which.terms().monthlyPrice().times(paidMonths());
            case YEAR ->
                    interval.requirePrice(which)
                            .times(Math.max(1, paidMonths() / interval.months()));
        };
    }
}
