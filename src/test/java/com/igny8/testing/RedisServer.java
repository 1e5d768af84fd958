package com.igny8.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Redis of its own, on a free port of this machine and with a password, that can be stopped,
 * made to hang, and started again at the same address. It keeps nothing.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    private final int port = freePort();
    private final String password = UUID.randomUUID().toString();
    private final Path directory = Product.freshDirectory();
    private Process process;

    public RedisServer() {
        this.process = launch();
    }

    /** As {@code IGNY8_REDIS_URL} has it. */
    public String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /** Started again, empty. */
    public void start() {
        process = launch();
    }

    /** Gone, as if its machine were: whoever connects is refused. */
    public void stop() {
        process.destroyForcibly();
        await();
    }

    /** There, but answers nothing. */
    public void hang() {
        signal("-STOP");
    }

    /** Goes on where it hung. */
    public void resume() {
        signal("-CONT");
    }

    /** What Redis answers to a command, as it writes it. */
    public String ask(String... command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            StringBuilder sent = new StringBuilder("AUTH " + password + "\r\n");
            sent.append(String.join(" ", command)).append("\r\nQUIT\r\n");
            socket.getOutputStream().write(sent.toString().getBytes(StandardCharsets.UTF_8));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return all.replaceFirst("^\\+OK\r\n", "").replaceFirst("\\+OK\r\n$", "").strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Process launch() {
        try {
            Process started =
                    new ProcessBuilder(
                                    executable().toString(),
                                    "--port",
                                    Integer.toString(port),
                                    "--bind",
                                    "127.0.0.1",
                                    "--requirepass",
                                    password,
                                    "--save",
                                    "",
                                    "--dir",
                                    directory.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("redis.log").toFile())
                            .start();
            awaitAnswer();
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void awaitAnswer() {
        Instant end = Instant.now().plus(START_PATIENCE);
        while (!isUp()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("redis-server does not start: see " + directory);
            }
            Thread.onSpinWait();
        }
    }

    private boolean isUp() {
        try {
            return ask("PING").equals("+PONG");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static Path executable() {
        return Stream.concat(
                        Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No redis-server: bin/setup installs it"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder(List.of("kill", name, Long.toString(process.pid())))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    private void await() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Redis goes on although it was told to stop");
            }
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
