package com.igny8.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.kernel.Money;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Taxes, and when what was sold is earned: nothing is made or lost by rounding. */
class RevenueProperties {
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    @Provide
    static Arbitrary<Tax> taxes() {
        return Combinators.combine(
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, BigDecimal.valueOf(100))
                                .ofScale(3),
                        Arbitraries.of(true, false))
                .as(
                        (percent, isInclusive) ->
                                new Tax(Tax.Treatment.TAXED, "VAT", percent, isInclusive));
    }

    /** The first is large enough for those below zero, as what a plan change gives back is. */
    @Provide
    static Arbitrary<List<InvoiceLine>> lines() {
        Arbitrary<InvoiceLine> line =
                Combinators.combine(
                                Arbitraries.longs().between(-10_000, 100_000),
                                Arbitraries.integers().between(1, 5),
                                Arbitraries.integers().between(0, 400).injectNull(0.3),
                                Arbitraries.integers().between(-40, 40))
                        .as(RevenueProperties::line);
        return line.list()
                .ofMinSize(0)
                .ofMaxSize(8)
                .map(
                        some -> {
                            List<InvoiceLine> all = new ArrayList<>(some);
                            all.addFirst(
                                    InvoiceLine.of("First", 1, new Money(500_001, "EUR")));
                            return all;
                        });
    }

    private static InvoiceLine line(
            long unit, int quantity, @Nullable Integer days, int startsAfter) {
        Instant start = START.plus(Duration.ofDays(startsAfter));
        Money price = new Money(unit, "EUR");
        return days == null
                ? InvoiceLine.of("Line", quantity, price)
                : new InvoiceLine(
                        "Line",
                        quantity,
                        price,
                        start,
                        start.plus(Duration.ofDays(days)).plusSeconds(1),
                        null);
    }

    @Property(tries = 500)
    void subtotalAndTaxAreTheTotal(
            @ForAll("taxes") Tax tax, @ForAll @LongRange(min = 0, max = 99_999_999) long minor) {
        Money lines = new Money(minor, "EUR");

        Tax.Amounts amounts = tax.on(lines);

        assertThat(amounts.subtotal().plus(amounts.tax())).isEqualTo(amounts.total());
        assertThat(tax.isInclusive() ? amounts.total() : amounts.subtotal()).isEqualTo(lines);
        // No other tax on this subtotal, in whole minor units, would be closer to the rate
        BigDecimal exact =
                BigDecimal.valueOf(lines.minor())
                        .multiply(tax.percent())
                        .divide(
                                tax.isInclusive()
                                        ? tax.percent().add(BigDecimal.valueOf(100))
                                        : BigDecimal.valueOf(100),
                                9,
                                RoundingMode.HALF_UP);
        assertThat(BigDecimal.valueOf(amounts.tax().minor()).subtract(exact).abs())
                .isLessThanOrEqualTo(new BigDecimal("0.5"));
    }

    @Property(tries = 300)
    void theMonthsOfALineComeToTheLineAndTheLinesToTheInvoice(
            @ForAll("taxes") Tax tax,
            @ForAll("lines") List<InvoiceLine> lines,
            @ForAll @IntRange(min = 0, max = 90) int paidAfter) {
        Revenue.Sale sale = sale(tax, lines, paidAfter, List.of());

        Map<Integer, Money> earned = byLine(Revenue.of(sale));

        List<Money> nets = Revenue.nets(sale);
        for (int line = 0; line < lines.size(); line++) {
            assertThat(earned.getOrDefault(line, Money.zero("EUR"))).isEqualTo(nets.get(line));
        }
        assertThat(sumOf(nets)).isEqualTo(tax.on(sum(lines)).subtotal());
        assertThat(Revenue.of(sale))
                .allMatch(part -> !part.month().isBefore(YearMonth.parse("2026-01")));
    }

    @Property(tries = 300)
    void whatCreditNotesTakeBackIsTakenFromWhatIsEarned(
            @ForAll("taxes") Tax tax,
            @ForAll("lines") List<InvoiceLine> lines,
            @ForAll @IntRange(min = 0, max = 100) int percent,
            @ForAll @IntRange(min = 0, max = 90) int after) {
        Money whole = tax.on(sum(lines)).subtotal();
        Money first = whole.share(BigDecimal.valueOf(percent), BigDecimal.valueOf(100));
        Instant at = START.plus(Duration.ofDays(after));
        Revenue.Sale sale =
                sale(
                        tax,
                        lines,
                        0,
                        List.of(
                                new Revenue.Back("CN-1", first, at),
                                new Revenue.Back("CN-2", whole.minus(first), at)));

        List<Revenue.Earned> earned = Revenue.of(sale);

        assertThat(byLine(earned).values()).allMatch(Money::isZero);
        YearMonth told = YearMonth.from(at.atOffset(ZoneOffset.UTC));
        assertThat(earned)
                .filteredOn(part -> part.creditNote() != null)
                .allMatch(part -> !part.month().isBefore(told));
    }

    @Example
    void aMonthThatBeginsInTheMiddleIsEarnedInTwo() {
        var line =
                new InvoiceLine(
                        "Growth, one month",
                        1,
                        new Money(31_00, "EUR"),
                        Instant.parse("2026-01-11T00:00:00Z"),
                        Instant.parse("2026-02-11T00:00:00Z"),
                        null);
        Instant paid = Instant.parse("2026-01-11T00:00:00Z");

        assertThat(Revenue.of(new Revenue.Sale(Tax.NONE, List.of(line), paid, paid, List.of())))
                .containsExactly(
                        new Revenue.Earned(
                                0, YearMonth.parse("2026-01"), new Money(21_00, "EUR"), null),
                        new Revenue.Earned(
                                0, YearMonth.parse("2026-02"), new Money(10_00, "EUR"), null));
    }

    private static Revenue.Sale sale(
            Tax tax, List<InvoiceLine> lines, int paidAfter, List<Revenue.Back> backs) {
        Instant paid = START.plus(Duration.ofDays(paidAfter));
        return new Revenue.Sale(tax, lines, START, paid, backs);
    }

    private static Map<Integer, Money> byLine(List<Revenue.Earned> earned) {
        Map<Integer, Money> byLine = new TreeMap<>();
        earned.forEach(part -> byLine.merge(part.line(), part.amount(), Money::plus));
        return byLine;
    }

    private static Money sum(List<InvoiceLine> lines) {
        return sumOf(lines.stream().map(InvoiceLine::amount).toList());
    }

    private static Money sumOf(List<Money> parts) {
        return parts.stream().reduce(Money.zero("EUR"), Money::plus);
    }
}
