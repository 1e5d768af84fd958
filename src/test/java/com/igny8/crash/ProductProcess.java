package com.igny8.crash;

import com.igny8.testing.Api;
import com.igny8.testing.TestRoles;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

/** The product in a process of its own, that can be killed. */
final class ProductProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("IGNY8 is at http://localhost:(\\d+)");
    private static final int PATIENCE_SECONDS = 180;

    private final Path directory;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ProductProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    static ProductProcess start(Class<?> main, Path directory, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.add("--server.port=0");
        command.add("--igny8.data-dir=" + directory);
        command.addAll(Arrays.asList(arguments));
        return new ProductProcess(
                directory, new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = output.readLine()) != null; ) {
                lines.add(line);
            }
        } catch (IOException killed) {
            lines.add("(the output ended: " + killed.getMessage() + ")");
        }
    }

    ProductProcess awaitLine(String part) {
        await(part, () -> lines.stream().anyMatch(line -> line.contains(part)));
        return this;
    }

    /** Waits until so many more of these lines came than there are now. */
    void awaitMore(int number, Predicate<String> which) {
        long before = lines.stream().filter(which).count();
        await(number + " more", () -> lines.stream().filter(which).count() >= before + number);
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || !(process.isAlive() || reader.isAlive())) {
                throw new AssertionError("Waited for " + what + " in vain:\n" + output());
            }
            pause(10);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /** As {@code kill -9}; gives all that the process had said until then. */
    List<String> kill() throws InterruptedException {
        process.destroyForcibly();
        return awaitExit();
    }

    /** As {@code kill}: asks it to stop in order. */
    List<String> stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    List<String> awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end:\n" + output());
        }
        reader.join();
        return lines();
    }

    int exitValue() {
        return process.exitValue();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    String output() {
        List<String> all = lines();
        return String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
    }

    Api api() {
        for (String line : lines) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return Api.at(Integer.parseInt(port.group(1)));
            }
        }
        throw new AssertionError("It does not say its port:\n" + output());
    }

    /** The process that PostgreSQL's own file says it is. */
    ProcessHandle postmaster() {
        return ProcessHandle.of(Long.parseLong(pidFile(directory).getFirst())).orElseThrow();
    }

    static DataSource superuser(Path directory) {
        return new DriverManagerDataSource(
                url(directory), "postgres", TestRoles.superuserPassword(directory));
    }

    /** Where the database in the directory is. */
    static String url(Path directory) {
        return "jdbc:postgresql://127.0.0.1:" + pidFile(directory).get(3) + "/igny8";
    }

    static List<String> pidFile(Path directory) {
        try {
            return Files.readAllLines(directory.resolve("postgres/postmaster.pid")).stream()
                    .map(String::strip)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
