package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

class MonthsProperties {
    private static final long FIRST = Instant.parse("2023-01-01T00:00:00Z").getEpochSecond();

    /** Ten years, leap years among them, to the second: also when clocks are put forward. */
    private static final long SECONDS = 10L * 366 * 86_400;

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Property(tries = 2_000)
    void aMonthEndsOnTheDayItBeganOrTheLastThereIs(
            @ForAll @LongRange(min = 0, max = SECONDS) long second,
            @ForAll @IntRange(min = 0, max = 60) int months) {
        Instant anchor = Instant.ofEpochSecond(FIRST + second);
        OffsetDateTime end = utc(Months.after(anchor, months));

        int lastDay = end.toLocalDate().lengthOfMonth();
        assertThat(end.getDayOfMonth()).isEqualTo(Math.min(utc(anchor).getDayOfMonth(), lastDay));
        assertThat(end.toLocalTime()).isEqualTo(utc(anchor).toLocalTime());
        assertThat(
                        ChronoUnit.MONTHS.between(
                                utc(anchor).toLocalDate().withDayOfMonth(1),
                                end.toLocalDate().withDayOfMonth(1)))
                .isEqualTo(months);
    }

    @Property(tries = 2_000)
    void monthsFollowOnEachOtherWithoutAGap(
            @ForAll @LongRange(min = 0, max = SECONDS) long second,
            @ForAll @IntRange(min = 0, max = 60) int months,
            @ForAll @LongRange(min = 0, max = 27 * 86_400) long within) {
        Instant anchor = Instant.ofEpochSecond(FIRST + second);
        Instant begins = Months.after(anchor, months);

        assertThat(Months.since(anchor, begins)).isEqualTo(months);
        assertThat(Months.beginsOne(anchor, begins)).isTrue();
        assertThat(Months.since(anchor, begins.plusSeconds(within))).isEqualTo(months);
        assertThat(Months.since(anchor, Months.after(anchor, months + 1).minusSeconds(1)))
                .isEqualTo(months);
    }
}
