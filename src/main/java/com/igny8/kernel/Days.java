package com.igny8.kernel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Some days in UTC, both ends among them; 400 where there are no such days. */
public record Days(LocalDate from, LocalDate to) {
    /** Java's calendar ends later than PostgreSQL's, and both begin long before this product. */
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    /** In words, what {@link #ALL} are of. */
    public static final String YEARS = "the years 2000 to 9999";

    /** All that a database and a calendar have to know of. */
    public static final Days ALL = new Days(FIRST, LAST);

    public Days {
        new FieldErrors()
                .require(isKnown(from), "from", "Must be a day of " + YEARS)
                .require(isKnown(to), "to", "Must be a day of " + YEARS)
                .require(!to.isBefore(from), "to", "Must not be before the first day")
                .throwIfAny();
    }

    private static boolean isKnown(LocalDate day) {
        return !day.isBefore(FIRST) && !day.isAfter(LAST);
    }

    /** Without a first day, all there were; without a last, those until today and to come. */
    public static Days of(@Nullable LocalDate from, @Nullable LocalDate to) {
        return new Days(from == null ? FIRST : from, to == null ? LAST : to);
    }

    public Instant start() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** When the last day is over. */
    public Instant end() {
        return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public boolean contain(Instant moment) {
        return !moment.isBefore(start()) && !moment.isAfter(end());
    }
}
