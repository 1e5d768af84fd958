package com.igny8.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

import java.math.BigDecimal;

class MoneyProperties {
    private static final long MOST = 99_999_999_999L;

    @Provide
    static Arbitrary<Money> money() {
        return Combinators.combine(
                        Arbitraries.longs().between(-MOST, MOST),
                        Arbitraries.of("USD", "EUR", "JPY", "KWD"))
                .as(Money::new);
    }

    @Property(tries = 500)
    void whatIsPrintedIsReadBack(@ForAll("money") Money money) {
        assertThat(Money.parse(money.decimal(), money.currency())).contains(money);
    }

    @Property(tries = 500)
    void aShareAndTheRestAreTheWhole(
            @ForAll("money") Money money, @ForAll @LongRange(min = 0, max = 1_000) long part) {
        Money share = money.share(BigDecimal.valueOf(part), BigDecimal.valueOf(1_000));

        assertThat(share.plus(money.minus(share))).isEqualTo(money);
        assertThat(money.negated().share(BigDecimal.valueOf(part), BigDecimal.valueOf(1_000)))
                .isEqualTo(share.negated());
        assertThat(Math.abs(1_000 * share.minor() - part * money.minor())).isLessThanOrEqualTo(500);
    }

    @Example
    void eachCurrencyHasItsOwnDigits() {
        assertThat(new Money(13_900, "USD").text()).isEqualTo("$139.00");
        assertThat(new Money(-13_900, "USD").text()).isEqualTo("-$139.00");
        assertThat(new Money(1_390, "JPY").text()).isEqualTo("¥1,390");
        assertThat(new Money(1_250, "KWD").text()).isEqualTo("KWD 1.250");
        assertThat(Money.parse("1.250", "KWD")).contains(new Money(1_250, "KWD"));
        assertThat(Money.parse("1.25", "JPY")).isEmpty();
        assertThat(Money.parse("1.005", "USD")).isEmpty();
        assertThat(Money.parse("1e3", "USD")).isEmpty();
        assertThat(Money.parse("１２", "USD")).isEmpty();
    }

    @Example
    void whatDoesNotFitIsAnError() {
        Money most = new Money(Long.MAX_VALUE, "USD");

        assertThatThrownBy(() -> most.plus(new Money(1, "USD")))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.plus(new Money(1, "EUR")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Money(1, "XXX")).isInstanceOf(IllegalArgumentException.class);
    }
}
