package com.igny8.credit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.kernel.Batches;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets go of holds that nobody settled by their deadline, so that no credit stays reserved for
 * ever. Accounts with a test clock wait until it is advanced; see {@link Endings}.
 */
@Component
class HoldExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(HoldExpiry.class);
    private static final int BATCH = 500;

    /** So long after its deadline was set, a hold is in the database for all to see. */
    private static final Duration WRITTEN_LATE = Duration.ofMinutes(5);

    /** Much longer than a hold lasts. */
    private static final Duration FAR_BACK = Duration.ofDays(30);

    private final PlatformTransactions platform;
    private final DueChanges due;

    HoldExpiry(PlatformTransactions platform, DueChanges due) {
        this.platform = platform;
        this.due = due;
    }

    /** Keeps with the task up to when nothing that ran out was left. */
    @Bean
    static RecurringTask<Instant> holdRelease(HoldExpiry expiry, Clock clock) {
        return Tasks.recurring("hold-release", FixedDelay.ofSeconds(15), Instant.class)
                .initialData(Instant.EPOCH)
                .executeStateful(
                        (instance, context) -> {
                            Instant upTo =
                                    Objects.requireNonNullElse(instance.getData(), Instant.EPOCH);
                            Released released = expiry.release(upTo, clock.instant());
                            if (released.holds() > 0) {
                                LOG.warn("{} holds ran out and were released", released.holds());
                            }
                            return released.upTo();
                        });
    }

    /** What a clock that was wrong, or an account that stood still for long, has left behind. */
    @Bean
    static RecurringTask<Void> forgottenHoldRelease(HoldExpiry expiry, Clock clock) {
        return Tasks.recurring("forgotten-hold-release", FixedDelay.ofHours(24))
                .execute(
                        (instance, context) -> {
                            Instant now = clock.instant();
                            Released forgotten = expiry.release(now.minus(FAR_BACK), now);
                            if (forgotten.holds() > 0) {
                                LOG.warn("{} forgotten holds were released", forgotten.holds());
                            }
                        });
    }

    /**
     * What a look for holds that ran out came to.
     *
     * @param holds how many were let go of
     * @param upTo the next look need not go further back
     */
    record Released(int holds, Instant upTo) {}

    private record Expired(UUID accountId, UUID holdId, Instant expiresAt) {
        Change.Release release() {
            return new Change.Release(Change.Maker.product(accountId), holdId, true, null);
        }
    }

    /**
     * Each that is found is tried once; where many end at once, none waits for many turns.
     *
     * @param upTo as the last look left it; the clock may have been ahead then
     */
    Released release(Instant upTo, Instant now) {
        Instant begin = upTo.isBefore(now) ? upTo : now;
        AtomicInteger released = new AtomicInteger();
        int found =
                Batches.<Expired>read(
                        BATCH,
                        last -> expired(begin.minus(WRITTEN_LATE), last, now),
                        some ->
                                released.addAndGet(
                                        due.post(some.stream().map(Expired::release).toList())));
        return new Released(released.get(), released.get() == found ? now : begin);
    }

    /** Not locked: whoever settles one first wins, and the other finds it settled. */
    private List<Expired> expired(Instant from, @Nullable Expired last, Instant now) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT account_id, id, expires_at FROM credit_hold
                                         WHERE settled_at IS NULL AND expires_at <= :now
                                           AND (expires_at, id) > (:expires, :id)
                                           AND NOT EXISTS (SELECT FROM test_clock clock
                                                WHERE clock.account_id = credit_hold.account_id)
                                         ORDER BY expires_at, id LIMIT :batch
                                        """)
                                .param("now", Columns.timestamp(now))
                                .param(
                                        "expires",
                                        Columns.timestamp(last == null ? from : last.expiresAt()))
                                .param("id", last == null ? Batches.FIRST_ID : last.holdId())
                                .param("batch", BATCH)
                                .query(
                                        (row, number) ->
                                                new Expired(
                                                        Columns.uuid(row, "account_id"),
                                                        Columns.uuid(row, "id"),
                                                        Columns.instant(row, "expires_at")))
                                .list());
    }
}
