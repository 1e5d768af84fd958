package com.igny8.credit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.credit.Bookkeeper.Patience;
import com.igny8.credit.Bookkeeper.Posted;
import com.igny8.kernel.Batches;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Lets go of what has had its time: holds that nobody settled by their deadline, so that no credit
 * stays reserved for ever, and what is left of grants that ran out. Accounts with a test clock wait
 * until it is advanced; see {@link Endings}.
 */
@Configuration(proxyBeanMethods = false)
class Deadlines {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final int BATCH = 500;

    /** So long after its deadline was set, a hold is in the database for all to see. */
    private static final Duration WRITTEN_LATE = Duration.ofMinutes(5);

    /** Much longer than a hold lasts. */
    private static final Duration FAR_BACK = Duration.ofDays(30);

    private static final UUID NONE = new UUID(0, 0);

    /** Keeps with the task up to when nothing that ran out was left. */
    @Bean
    RecurringTask<Instant> holdRelease(
            PlatformTransactions platform, Bookkeeper bookkeeper, Clock clock) {
        return Tasks.recurring("hold-release", FixedDelay.ofSeconds(15), Instant.class)
                .initialData(Instant.EPOCH)
                .executeStateful(
                        (instance, context) -> {
                            Released released =
                                    releaseExpired(
                                            platform,
                                            bookkeeper,
                                            Objects.requireNonNullElse(
                                                    instance.getData(), Instant.EPOCH),
                                            clock.instant());
                            if (released.holds() > 0) {
                                LOG.warn("{} holds ran out and were released", released.holds());
                            }
                            return released.upTo();
                        });
    }

    /** What a clock that was wrong, or an account that stood still for long, has left behind. */
    @Bean
    RecurringTask<Void> forgottenHoldRelease(
            PlatformTransactions platform, Bookkeeper bookkeeper, Clock clock) {
        return Tasks.recurring("forgotten-hold-release", FixedDelay.ofHours(24))
                .execute(
                        (instance, context) -> {
                            Instant now = clock.instant();
                            int forgotten =
                                    releaseExpired(platform, bookkeeper, now.minus(FAR_BACK), now)
                                            .holds();
                            if (forgotten > 0) {
                                LOG.warn("{} forgotten holds were released", forgotten);
                            }
                        });
    }

    @Bean
    RecurringTask<Void> grantExpiry(
            PlatformTransactions platform, Bookkeeper bookkeeper, Clock clock) {
        return Tasks.recurring("grant-expiry", FixedDelay.ofSeconds(60))
                .execute(
                        (instance, context) -> {
                            int ended = endGrants(platform, bookkeeper, clock);
                            if (ended > 0) {
                                LOG.info("{} accounts had credits that ran out", ended);
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
    static Released releaseExpired(
            PlatformTransactions platform, Bookkeeper bookkeeper, Instant upTo, Instant now) {
        Instant begin = upTo.isBefore(now) ? upTo : now;
        Expired last = new Expired(NONE, NONE, begin.minus(WRITTEN_LATE));
        List<Expired> some;
        int found = 0;
        int released = 0;
        do {
            Expired after = last;
            some = platform.read(jdbc -> expired(jdbc, after, now));
            released += end(platform, bookkeeper, some.stream().map(Expired::release).toList());
            found += some.size();
            last = some.isEmpty() ? last : some.getLast();
        } while (some.size() == BATCH);
        return new Released(released, released == found ? now : begin);
    }

    /** Not locked: whoever settles one first wins, and the other finds it settled. */
    private static List<Expired> expired(JdbcClient jdbc, Expired after, Instant now) {
        return jdbc.sql(
                        """
                        SELECT account_id, id, expires_at FROM credit_hold
                         WHERE settled_at IS NULL AND expires_at <= :now
                           AND (expires_at, id) > (:expires, :id)
                           AND NOT EXISTS (SELECT FROM test_clock clock
                                            WHERE clock.account_id = credit_hold.account_id)
                         ORDER BY expires_at, id LIMIT :batch
                        """)
                .param("now", Columns.timestamp(now))
                .param("expires", Columns.timestamp(after.expiresAt()))
                .param("id", after.holdId())
                .param("batch", BATCH)
                .query(
                        (row, number) ->
                                new Expired(
                                        Columns.uuid(row, "account_id"),
                                        Columns.uuid(row, "id"),
                                        Columns.instant(row, "expires_at")))
                .list();
    }

    /** How many accounts had grants to end. */
    static int endGrants(PlatformTransactions platform, Bookkeeper bookkeeper, Clock clock) {
        return Batches.doAll(
                BATCH,
                () -> end(platform, bookkeeper, platform.read(jdbc -> endingGrants(jdbc, clock))));
    }

    private static List<Change.Expiry> endingGrants(JdbcClient jdbc, Clock clock) {
        return jdbc.sql(
                        """
                        SELECT DISTINCT account_id
                          FROM credit_grant JOIN credit_balance USING (account_id)
                         WHERE is_open AND expires_at <= :now AND balance > held
                           AND NOT EXISTS (SELECT FROM test_clock clock
                                            WHERE clock.account_id = credit_grant.account_id)
                         LIMIT :batch
                        """)
                .param("now", Columns.timestamp(clock.instant()))
                .param("batch", BATCH)
                .query(
                        (row, number) ->
                                new Change.Expiry(
                                        Change.Maker.product(Columns.uuid(row, "account_id"))))
                .list();
    }

    /** In one transaction, but for accounts that somebody else holds just now: one each. */
    private static int end(
            PlatformTransactions platform, Bookkeeper bookkeeper, List<? extends Change> changes) {
        Posted posted =
                platform.write(jdbc -> bookkeeper.post(platform::message, changes, Patience.NONE));
        int inLine =
                posted.leftOut().stream()
                        .map(
                                account ->
                                        changes.stream()
                                                .filter(
                                                        one ->
                                                                one.by()
                                                                        .accountId()
                                                                        .equals(account)))
                        .mapToInt(some -> endInLine(platform, bookkeeper, some.toList()))
                        .sum();
        return done(posted) + inLine;
    }

    private static int done(Posted posted) {
        return (int) posted.outcomes().stream().filter(Outcome.Done.class::isInstance).count();
    }

    /**
     * An account that is busy all the time is hardly ever free, but whoever waits has their turn.
     * Where that takes more than a moment, the next time.
     */
    private static int endInLine(
            PlatformTransactions platform, Bookkeeper bookkeeper, List<? extends Change> changes) {
        try {
            return done(
                    platform.write(
                            jdbc -> bookkeeper.post(platform::message, changes, Patience.SHORT)));
        } catch (DataAccessException failure) {
            if (!GroupCommit.isForALock(failure)) {
                throw failure;
            }
            return 0;
        }
    }
}
