package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.kernel.Money;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import java.time.Instant;

class ProrationProperties {
    private static final Instant START = Instant.parse("2027-01-31T10:11:12Z");

    private static Proration at(int month, long second) {
        return new Proration(
                Months.after(START, month),
                Months.after(START, month + 1),
                Months.after(START, month).plusSeconds(second));
    }

    private static Money usd(long minor) {
        return new Money(minor, "USD");
    }

    @Property(tries = 2_000)
    void thereAndBackAtOneMomentCostsNothing(
            @ForAll @IntRange(min = 0, max = 48) int month,
            @ForAll @LongRange(min = 0, max = 32 * 86_400) long second,
            @ForAll @LongRange(min = 0, max = 10_000_000) long small,
            @ForAll @LongRange(min = 0, max = 10_000_000) long large) {
        Proration rest = at(month, second);
        Money there = rest.rest(usd(large)).plus(rest.rest(usd(small)).negated());
        Money back = rest.rest(usd(small)).plus(rest.rest(usd(large)).negated());

        assertThat(there.plus(back)).isEqualTo(usd(0));
        assertThat(rest.rest(usd(large).negated())).isEqualTo(rest.rest(usd(large)).negated());
    }

    @Property(tries = 2_000)
    void whatIsUsedAndWhatIsLeftComeToThePrice(
            @ForAll @IntRange(min = 0, max = 48) int month,
            @ForAll @LongRange(min = 0, max = 32 * 86_400) long second,
            @ForAll @LongRange(min = 0, max = 10_000_000) long price) {
        Money left = at(month, second).rest(usd(price));

        assertThat(left.minor()).isBetween(0L, price);
        assertThat(at(month, 0).rest(usd(price))).isEqualTo(usd(price));
        assertThat(at(month, 32 * 86_400).rest(usd(price)).isZero()).isTrue();
        // A second more is never less, and never more than its share and half a unit
        long next = at(month, second + 1).rest(usd(price)).minor();
        assertThat(left.minor() - next).isBetween(0L, price / (27 * 86_400) + 1);
    }
}
