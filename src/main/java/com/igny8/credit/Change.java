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

    /** Names the change, so that asking twice does it once; null where nobody will ask twice. */
    default @Nullable String key() {
        return null;
    }

    /** Whether asking again does no more than asking once. */
    default boolean mayBeRepeated() {
        return key() != null;
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
        public @Nullable UUID siteId() {
            return purpose.siteId();
        }
    }

    /** Ends a hold, which it names: once, so that asking again in the same way does no more. */
    sealed interface Settlement extends Change {
        UUID holdId();

        @Override
        default boolean mayBeRepeated() {
            return true;
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
        public boolean mayBeRepeated() {
            return true;
        }
    }

    /** Only lets end what has run out; every other change does so too, before anything else. */
    record Expiry(Maker by) implements Change {}
}
