package com.igny8.credit;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/** A change of one account's credits that somebody asks for. */
sealed interface Change {
    Maker by();

    /** What its sender calls the change, so that asking twice does it once; null without a name. */
    default @Nullable String key() {
        return null;
    }

    /** What to do before asking again, where that may do it twice; null where it does it once. */
    default @Nullable String beforeAskingAgain() {
        return key() != null
                ? null
                : "Look at the transactions before you ask again: without an idempotency key it would"
                        + " be done twice";
    }

    /** The site it is for, which must be one of the account; null where it is for none. */
    default @Nullable UUID siteId() {
        return null;
    }

    /**
     * Whose credits, and who asks.
     *
     * @param userId null where it is the product itself
     * @param reachesAllSites or only those that were granted to the user
     * @param onlySiteId the one site of an API key, which knows nothing of others; null for people
     */
    record Maker(
            UUID accountId,
            @Nullable UUID userId,
            boolean reachesAllSites,
            @Nullable UUID onlySiteId) {
        static Maker current() {
            Caller caller = Tenancy.caller();
            return new Maker(
                    caller.accountId(),
                    caller.userId(),
                    caller.role().isAtLeast(Role.ADMIN) || caller.onlySiteId() != null,
                    caller.onlySiteId());
        }

        static Maker product(UUID accountId) {
            return new Maker(accountId, null, true, null);
        }

        boolean knows(@Nullable UUID siteId) {
            return onlySiteId == null || onlySiteId.equals(siteId);
        }

        /** Who does not reach all sites settles what they held themselves, or what is of none. */
        boolean knows(Hold hold) {
            return knows(hold.siteId())
                    && (reachesAllSites
                            || hold.siteId() == null
                            || Objects.equals(userId, hold.userId()));
        }
    }

    /** What credits go for. */
    record Purpose(
            @Nullable String operation,
            String reference,
            String description,
            @Nullable UUID siteId) {}

    /** Lets credits in. */
    record Grant(Maker by, NewGrant grant) implements Change {}

    /** Takes credits at once. */
    record Deduction(Maker by, Purpose purpose, long amount, @Nullable String key)
            implements Change {
        @Override
        public @Nullable UUID siteId() {
            return purpose.siteId();
        }
    }

    /**
     * Holds credits for work that is about to begin.
     *
     * @param holdId what the hold is to be called
     */
    record Reservation(
            Maker by,
            UUID holdId,
            Purpose purpose,
            long amount,
            Duration deadline,
            @Nullable String key)
            implements Change {
        Reservation(
                Maker by, Purpose purpose, long amount, Duration deadline, @Nullable String key) {
            this(by, HoldId.under(by.accountId(), key), purpose, amount, deadline, key);
        }

        @Override
        public @Nullable String beforeAskingAgain() {
            return key != null
                    ? null
                    : "Release hold "
                            + holdId
                            + " before you ask again: without an idempotency key there would be two";
        }

        @Override
        public @Nullable UUID siteId() {
            return purpose.siteId();
        }
    }

    /** Settles a hold. That happens once, so asking again in the same way does no more. */
    sealed interface Settlement extends Change {
        UUID holdId();

        @Override
        default @Nullable String beforeAskingAgain() {
            return null;
        }
    }

    /**
     * Takes what the work did cost, and lets go of the rest.
     *
     * @param amount null for all that is held
     */
    record Capture(
            Maker by,
            UUID holdId,
            @Nullable Long amount,
            @Nullable String description,
            @Nullable String key)
            implements Settlement {
        long amountOf(Hold hold) {
            return amount == null ? hold.amount() : amount;
        }
    }

    /**
     * Lets go of what is held.
     *
     * @param onlyIfOpen does nothing where the hold was settled before, instead of refusing
     */
    record Release(Maker by, UUID holdId, boolean onlyIfOpen, @Nullable String key)
            implements Settlement {}

    /** Puts right, up or down, what somebody found to be wrong. */
    record Adjustment(Maker by, long amount, String reference, String reason, @Nullable String key)
            implements Change {}

    /**
     * Gives back what a deduction took.
     *
     * @param amount null for all of it that was not given back before
     */
    record Refund(
            Maker by, long entryId, @Nullable Long amount, String reason, @Nullable String key)
            implements Change {}

    /** One of many that is wrong in itself: refused when its turn comes. */
    record Invalid(Maker by, Problem problem) implements Change {
        @Override
        public @Nullable String beforeAskingAgain() {
            return null;
        }
    }

    /** Only lets end what has run out; every other change does so too, before anything else. */
    record Expiry(Maker by) implements Change {}
}
