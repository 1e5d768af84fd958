package com.igny8.testing;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * What this program and its PostgreSQL have taken of the processors: tells costs apart from
 * waiting, and holds on a machine that others use too.
 */
public record ProcessorTime(Duration program, Duration database) {
    /** Since they started; the database has to be on this machine. */
    public static ProcessorTime of(Product product) {
        long session = product.sql().sql("SELECT pg_backend_pid()").query(Long.class).single();
        ProcessHandle postgres =
                ProcessHandle.of(session).flatMap(ProcessHandle::parent).orElseThrow();
        return new ProcessorTime(
                taken(ProcessHandle.current()),
                Stream.concat(Stream.of(postgres), postgres.descendants())
                        .map(ProcessorTime::taken)
                        .reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration taken(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What each of so many things has taken since then. */
    public ProcessorTime since(ProcessorTime earlier, long times) {
        return new ProcessorTime(
                program.minus(earlier.program).dividedBy(times),
                database.minus(earlier.database).dividedBy(times));
    }

    @Override
    public String toString() {
        return "%,6d µs + %,6d µs of PostgreSQL"
                .formatted(program.toNanos() / 1000, database.toNanos() / 1000);
    }
}
