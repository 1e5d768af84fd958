package com.igny8.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process, in which the product is, and its PostgreSQL have used, as Linux counts: tells
 * costs apart from waiting, and holds on a machine that others use too.
 */
public final class Consumption {
    private static final int KILOBYTES = 1_024;
    private static final double TICKS = 100;

    /**
     * Fields of {@code /proc/…/stat} after the name: own time, then that of children that ended.
     */
    private static final int USER = 11;

    private final ProcessHandle postmaster;

    public Consumption(Product product) {
        try {
            String pid =
                    Files.readAllLines(product.directory().resolve("postgres/postmaster.pid"))
                            .getFirst()
                            .strip();
            this.postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Seconds of processor time. */
    public record Time(double product, double postgres) {
        public Time since(Time before) {
            return new Time(product - before.product, postgres - before.postgres);
        }

        /** For one of so many things. */
        public String each(long number) {
            return "%,.0f µs of processor each: %,.0f this process, %,.0f PostgreSQL"
                    .formatted(
                            (product + postgres) * 1e6 / number,
                            product * 1e6 / number,
                            postgres * 1e6 / number);
        }
    }

    public Time time() {
        return new Time(
                seconds(ProcessHandle.current(), 2),
                seconds(postmaster, 4)
                        + postmaster.children().mapToDouble(each -> seconds(each, 2)).sum());
    }

    private static double seconds(ProcessHandle process, int fields) {
        String stat = String.join("", lines(process, "stat"));
        return Stream.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "))
                        .skip(USER)
                        .limit(fields)
                        .mapToLong(Long::parseLong)
                        .sum()
                / TICKS;
    }

    /** Megabytes. */
    public record Memory(long heap, long resident, long postgres) {
        @Override
        public String toString() {
            return "heap %4d MB, resident %4d MB, PostgreSQL %4d MB"
                    .formatted(heap, resident, postgres);
        }
    }

    /** What is shared by processes of PostgreSQL counts once. */
    public Memory memory() {
        Runtime runtime = Runtime.getRuntime();
        return new Memory(
                (runtime.totalMemory() - runtime.freeMemory()) / KILOBYTES / KILOBYTES,
                kilobytes(ProcessHandle.current(), "status", "VmRSS:") / KILOBYTES,
                Stream.concat(Stream.of(postmaster), postmaster.children())
                                .mapToLong(each -> kilobytes(each, "smaps_rollup", "Pss:"))
                                .sum()
                        / KILOBYTES);
    }

    private static long kilobytes(ProcessHandle process, String file, String name) {
        return lines(process, file).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Nothing of one that has just ended. */
    private static List<String> lines(ProcessHandle process, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (NoSuchFileException gone) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
