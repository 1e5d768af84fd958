package com.igny8.kernel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Some days in UTC, both ends among them; 400 where the last is before the first. */
public record Days(LocalDate from, LocalDate to) {
    public Days {
        new FieldErrors()
                .require(!to.isBefore(from), "to", "Must not be before the first day")
                .throwIfAny();
    }

    /** Without a first day, all there were; without a last, those until today and to come. */
    public static Days of(@Nullable LocalDate from, @Nullable LocalDate to) {
        return new Days(
                from == null ? LocalDate.of(2000, 1, 1) : from,
                to == null ? LocalDate.of(9999, 12, 31) : to);
    }

    public Instant start() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** When the last day is over. */
    public Instant end() {
        return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
