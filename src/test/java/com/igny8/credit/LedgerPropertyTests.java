package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Whatever is done to it, the ledger does what a few lines of arithmetic do. */
class LedgerPropertyTests {
    @Provide
    Arbitrary<List<Step>> story() {
        return Step.steps().list().ofMinSize(5).ofMaxSize(25);
    }

    /** Of many accounts, each with a story of its own. */
    @Provide
    Arbitrary<List<List<Step>>> stories() {
        return story().list().ofSize(12);
    }

    @Property(tries = 25)
    void theLedgerDoesWhatTheModelDoes(@ForAll("story") List<Step> story) {
        try (Real real = new Real()) {
            real.follow(story);
        }
    }

    /** All at once, so that steps of many accounts go into the same commits. */
    @Property(tries = 5)
    void manyAtOnceDoNotDisturbEachOther(@ForAll("stories") List<List<Step>> stories)
            throws InterruptedException, ExecutionException {
        GroupCommit together = groupCommit(Product.running().clock());
        together.start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (List<Step> story : stories) {
                List<Step> inOneDay =
                        story.stream().filter(step -> !(step instanceof Step.DaysPassed)).toList();
                running.add(threads.submit(() -> new Real(together).follow(inOneDay)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            together.stop();
        }
    }

    @AfterContainer
    static void theInvariantsHold() {
        assertThat(LedgerInvariants.violations(Product.running().superuser())).isEmpty();
    }

    private static GroupCommit groupCommit(Clock clock) {
        return new GroupCommit(
                Product.running().bean(PlatformTransactions.class), new Bookkeeper(clock));
    }

    /** Noon of a day of the test's own. */
    private static final class Days extends Clock {
        private static final Instant FIRST = Instant.parse("2099-01-01T12:00:00Z");
        private final AtomicInteger today = new AtomicInteger();

        @Override
        public Instant instant() {
            return FIRST.plus(Duration.ofDays(today.get()));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Real implements AutoCloseable {
        private static final int REMEMBERED_DAYS = 30;

        private final Customer customer = Product.running().emptyAccount();
        private final Change.Maker maker = Change.Maker.product(customer.accountId());
        private final Days days = new Days();
        private final JdbcClient sql = customer.product().sql();
        private final List<UUID> holds = new ArrayList<>();
        private final GroupCommit groupCommit;
        private final boolean isOwn;
        private int keys;
        private Change last = new Change.Expiry(maker);
        private String lastOutcome = "done";
        private int daysSinceLast;

        Real() {
            this.groupCommit = groupCommit(days);
            this.isOwn = true;
            groupCommit.start();
        }

        Real(GroupCommit shared) {
            this.groupCommit = shared;
            this.isOwn = false;
        }

        @Override
        public void close() {
            if (isOwn) {
                groupCommit.stop();
            }
        }

        void follow(List<Step> story) {
            LedgerModel model = new LedgerModel();
            for (Step step : story) {
                String outcome = does(step);
                assertThat(outcome).as("%s of %s", step, story).isEqualTo(model.does(step));
                assertThat(customer.balance())
                        .as("%s of %s", step, story)
                        .isEqualTo(model.balance());
                assertThat(remaining()).as("%s of %s", step, story).isEqualTo(model.remaining());
                assertThat(LedgerCheck.breaks(sql, customer.accountId(), customer.accountId()))
                        .as("%s of %s", step, story)
                        .isEmpty();
            }
            Statements statements = customer.product().bean(Statements.class);
            long entries = customer.inside(() -> statements.count(Statements.Filter.NONE));
            assertThat(entries).isEqualTo(model.entries());
        }

        /** "done", or the code of the refusal. */
        private String does(Step step) {
            if (step instanceof Step.DaysPassed passed) {
                days.today.addAndGet(passed.days());
                daysSinceLast += passed.days();
                lastOutcome = lastOutcome.equals("done") ? "done" : forgotten();
                return lastOutcome;
            }
            if (step instanceof Step.SentAgain) {
                return last.key() == null || daysSinceLast > REMEMBERED_DAYS
                        ? lastOutcome
                        : outcome(last, true);
            }
            last = change(step);
            daysSinceLast = 0;
            lastOutcome = outcome(last, false);
            return lastOutcome;
        }

        /** What was refused on one day may go well on another, so nobody sends it again. */
        private String forgotten() {
            last = new Change.Expiry(maker);
            return "done";
        }

        private String outcome(Change change, boolean isAgain) {
            try {
                Outcome.Done done =
                        groupCommit
                                .post(customer.accountId(), List.of(change))
                                .getFirst()
                                .orThrow();
                if (change instanceof Change.Reservation && !isAgain) {
                    holds.add(done.holdOrThrow().id());
                }
                return "done";
            } catch (Problem refusal) {
                return refusal.code();
            }
        }

        private Change change(Step step) {
            String key = "key-" + keys++;
            Change.Purpose purpose = new Change.Purpose("t", "t", "t", null);
            return switch (step) {
                case Step.Granted granted -> new Change.Grant(maker, grant(granted));
                case Step.Deducted deducted ->
                        new Change.Deduction(maker, purpose, deducted.amount(), key);
                case Step.Held held ->
                        new Change.Reservation(
                                maker, purpose, held.amount(), Duration.ofDays(900), key);
                case Step.Captured captured ->
                        new Change.Capture(
                                maker, hold(captured.hold()), captured.amount(), "t", key);
                case Step.Released released ->
                        new Change.Release(maker, hold(released.hold()), false, key);
                case Step.Adjusted adjusted ->
                        new Change.Adjustment(maker, adjusted.amount(), "t", "t", key);
                case Step.Refunded refunded ->
                        new Change.Refund(maker, refunded.entry(), refunded.amount(), "t", key);
                case Step.DaysPassed passed -> new Change.Expiry(maker);
                case Step.SentAgain again -> new Change.Expiry(maker);
            };
        }

        private NewGrant grant(Step.Granted granted) {
            Integer ends = granted.endsInDays();
            Instant at = ends == null ? null : days.instant().plus(Duration.ofDays(ends));
            return new NewGrant(
                    Entry.Type.GRANT,
                    granted.amount(),
                    "test",
                    granted.priority(),
                    at,
                    at == null || !granted.rollsOver() ? null : at.plus(Duration.ofDays(3)),
                    "For a test");
        }

        private UUID hold(int number) {
            return number < holds.size() ? holds.get(number) : UUID.randomUUID();
        }

        private List<Long> remaining() {
            return sql.sql(
                            "SELECT remaining FROM credit_grant WHERE account_id = ? ORDER BY"
                                    + " entry_id")
                    .param(customer.accountId())
                    .query((row, number) -> row.getLong(1))
                    .list();
        }
    }
}
