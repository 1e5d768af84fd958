package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.kernel.Problem;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Whatever is done to it, the ledger does what a few lines of arithmetic do. */
class LedgerPropertyTests {
    private static final Instant SOME_DAY = Instant.parse("2099-01-01T00:00:00Z");

    /** Something that is done to an account's credits. */
    sealed interface Step {
        record Granted(long amount, int priority, @Nullable Integer expiresInDays)
                implements Step {}

        record Deducted(long amount) implements Step {}

        record Held(long amount) implements Step {}

        /** Settles one of the holds made so far, open or not. */
        record Captured(int hold, long amount) implements Step {}

        record Released(int hold) implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> amounts = Arbitraries.longs().between(1, 40);
        Arbitrary<Integer> holds = Arbitraries.integers().between(0, 5);
        Arbitrary<Step> granted =
                Combinators.combine(
                                amounts,
                                Arbitraries.integers().between(1, 3),
                                Arbitraries.integers().between(1, 3).injectNull(0.4))
                        .as(Step.Granted::new);
        return Arbitraries.oneOf(
                        granted,
                        amounts.map(Step.Deducted::new),
                        amounts.map(Step.Held::new),
                        Combinators.combine(holds, amounts).as(Step.Captured::new),
                        holds.map(Step.Released::new))
                .list()
                .ofMinSize(5)
                .ofMaxSize(25);
    }

    @Property(tries = 40)
    void theLedgerDoesWhatTheModelDoes(@ForAll("steps") List<Step> steps) {
        Customer customer = Product.running().emptyAccount();
        Model model = new Model();
        Real real = new Real(customer, new ArrayList<>());
        for (Step step : steps) {
            assertThat(real.does(step)).as("%s of %s", step, steps).isEqualTo(model.does(step));
            assertThat(customer.balance()).isEqualTo(new Balance(model.balance, model.held));
            assertThat(real.remaining()).as("%s of %s", step, steps).isEqualTo(model.remaining());
        }
        assertThat(customer.inside(real.ledger()::count)).isEqualTo(model.entries);
    }

    @AfterContainer
    static void theInvariantsHold() {
        assertThat(LedgerInvariants.violations(Product.running().superuser())).isEmpty();
    }

    private static final class Real {
        private final Customer customer;
        private final List<UUID> holds;

        Real(Customer customer, List<UUID> holds) {
            this.customer = customer;
            this.holds = holds;
        }

        Ledger ledger() {
            return customer.product().bean(Ledger.class);
        }

        /** "done", or the code of the refusal. */
        String does(Step step) {
            try {
                customer.inside(
                        () ->
                                switch (step) {
                                    case Step.Granted granted ->
                                            ledger().grant(
                                                            new NewGrant(
                                                                    Entry.Type.GRANT,
                                                                    granted.amount(),
                                                                    "test",
                                                                    granted.priority(),
                                                                    expiry(granted),
                                                                    "For a test"));
                                    case Step.Deducted deducted ->
                                            ledger().deduct(deducted.amount(), "t", "t", "t");
                                    case Step.Held held ->
                                            holds.add(
                                                    ledger().hold(
                                                                    held.amount(),
                                                                    "t",
                                                                    "t",
                                                                    Duration.ofHours(1))
                                                            .id());
                                    case Step.Captured captured ->
                                            ledger().capture(
                                                            hold(captured.hold()),
                                                            captured.amount(),
                                                            "t");
                                    case Step.Released released -> {
                                        ledger().release(hold(released.hold()));
                                        yield true;
                                    }
                                });
                return "done";
            } catch (Problem refusal) {
                return refusal.code();
            }
        }

        private UUID hold(int number) {
            return number < holds.size() ? holds.get(number) : UUID.randomUUID();
        }

        List<Long> remaining() {
            return customer.product()
                    .sql()
                    .sql(
                            "SELECT remaining FROM credit_grant WHERE account_id = ? ORDER BY"
                                    + " entry_id")
                    .param(customer.accountId())
                    .query((row, number) -> row.getLong(1))
                    .list();
        }
    }

    private static @Nullable Instant expiry(Step.Granted granted) {
        Integer days = granted.expiresInDays();
        return days == null ? null : SOME_DAY.plus(Duration.ofDays(days));
    }

    private static final class Model {
        private record Grant(int number, int priority, Instant expiresAt, AtomicLong left) {}

        private record ModelHold(long amount, AtomicBoolean settled) {}

        private final List<Grant> grants = new ArrayList<>();
        private final List<ModelHold> holds = new ArrayList<>();
        private long balance;
        private long held;
        private long entries;

        String does(Step step) {
            return switch (step) {
                case Step.Granted granted -> {
                    Instant expiry = expiry(granted);
                    grants.add(
                            new Grant(
                                    grants.size(),
                                    granted.priority(),
                                    expiry == null ? Instant.MAX : expiry,
                                    new AtomicLong(granted.amount())));
                    balance += granted.amount();
                    entries++;
                    yield "done";
                }
                case Step.Deducted deducted -> take(deducted.amount(), 0);
                case Step.Held asked -> {
                    if (balance - held < asked.amount()) {
                        yield "insufficient_credits";
                    }
                    held += asked.amount();
                    holds.add(new ModelHold(asked.amount(), new AtomicBoolean()));
                    yield "done";
                }
                case Step.Captured captured -> {
                    String refusal = refusal(captured.hold());
                    if (refusal != null) {
                        yield refusal;
                    }
                    ModelHold hold = holds.get(captured.hold());
                    String outcome = take(captured.amount(), hold.amount());
                    if (outcome.equals("done")) {
                        hold.settled().set(true);
                        held -= hold.amount();
                    }
                    yield outcome;
                }
                case Step.Released released -> {
                    String refusal = refusal(released.hold());
                    if (refusal != null) {
                        yield refusal;
                    }
                    ModelHold hold = holds.get(released.hold());
                    hold.settled().set(true);
                    held -= hold.amount();
                    yield "done";
                }
            };
        }

        private @Nullable String refusal(int hold) {
            if (hold >= holds.size()) {
                return "not_found";
            }
            return holds.get(hold).settled().get() ? "hold_settled" : null;
        }

        private String take(long amount, long heldForIt) {
            if (balance - held + heldForIt < amount) {
                return "insufficient_credits";
            }
            balance -= amount;
            entries++;
            long missing = amount;
            for (Grant grant :
                    grants.stream()
                            .sorted(
                                    Comparator.comparingInt(Grant::priority)
                                            .thenComparing(Grant::expiresAt)
                                            .thenComparingInt(Grant::number))
                            .toList()) {
                long taken = Math.min(missing, grant.left().get());
                grant.left().addAndGet(-taken);
                missing -= taken;
            }
            return "done";
        }

        List<Long> remaining() {
            return grants.stream().map(grant -> grant.left().get()).toList();
        }
    }
}
