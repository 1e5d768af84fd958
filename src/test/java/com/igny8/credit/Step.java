package com.igny8.credit;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import org.jspecify.annotations.Nullable;

/** Something that is done to an account's credits, or the time that passes in between. */
sealed interface Step {
    record Granted(long amount, int priority, @Nullable Integer endsInDays, boolean rollsOver)
            implements Step {}

    record Deducted(long amount) implements Step {}

    record Held(long amount) implements Step {}

    /** Settles one of the holds made so far, open or not. */
    record Captured(int hold, long amount) implements Step {}

    record Released(int hold) implements Step {}

    record Adjusted(long amount) implements Step {}

    /** Gives one of the entries back, whatever it is. */
    record Refunded(long entry, long amount) implements Step {}

    record DaysPassed(int days) implements Step {}

    /** The step before is asked for again, under the same key. */
    record SentAgain() implements Step {}

    static Arbitrary<Step> steps() {
        Arbitrary<Long> amounts = Arbitraries.longs().between(1, 40);
        Arbitrary<Integer> holds = Arbitraries.integers().between(0, 5);
        Arbitrary<Step> granted =
                Combinators.combine(
                                amounts,
                                Arbitraries.integers().between(1, 3),
                                Arbitraries.integers().between(1, 9).injectNull(0.4),
                                Arbitraries.of(true, false))
                        .as(Granted::new);
        return Arbitraries.oneOf(
                granted,
                granted,
                amounts.map(Deducted::new),
                amounts.map(Held::new),
                Combinators.combine(holds, amounts).as(Captured::new),
                holds.map(Released::new),
                Arbitraries.longs().between(-20, 20).map(Adjusted::new),
                Combinators.combine(Arbitraries.longs().between(1, 12), amounts).as(Refunded::new),
                Arbitraries.integers().between(1, 6).map(DaysPassed::new),
                Arbitraries.just(new SentAgain()));
    }
}
