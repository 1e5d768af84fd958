package com.igny8.credit;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.UUID;

/**
 * The most that a member, or the work for a site, may use in a calendar month (UTC).
 *
 * @param userId the member; null where it is a site's
 * @param siteId the site; null where it is a member's
 * @param month the first day of the month that {@code used} is of
 * @param used what was taken and what is on hold
 */
public record Budget(
        UUID id,
        @Nullable UUID userId,
        @Nullable UUID siteId,
        long monthlyLimit,
        LocalDate month,
        long used) {

    boolean covers(@Nullable UUID user, @Nullable UUID site) {
        return userId == null ? siteId != null && siteId.equals(site) : userId.equals(user);
    }

    String kind() {
        return userId == null ? "site" : "member";
    }

    public long usedIn(LocalDate asked) {
        return month.equals(monthFor(asked)) ? used : 0;
    }

    /**
     * The month to count in: the one asked for, or the next where another node, whose clock is
     * ahead, has begun it. What that one counted must not be forgotten.
     */
    LocalDate monthFor(LocalDate asked) {
        return month.equals(asked.plusMonths(1)) ? month : asked;
    }

    long leftIn(LocalDate asked) {
        return Math.max(0, monthlyLimit - usedIn(asked));
    }

    Budget using(long more, LocalDate asked) {
        return new Budget(
                id,
                userId,
                siteId,
                monthlyLimit,
                monthFor(asked),
                Math.max(0, usedIn(asked) + more));
    }
}
