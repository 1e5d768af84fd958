package com.igny8.tenancy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * PostgreSQL as a child of this process, with its data in the data directory and every durability
 * setting on. Finds its data again after a restart, also after {@code kill -9} of either; where
 * PostgreSQL alone ends, it is started again at the same address, and the pools find it there.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STARTUP_WAIT = Duration.ofMinutes(2);
    private static final Duration ORPHAN_STOP_WAIT = Duration.ofSeconds(30);
    private static final int REVIVALS = 3;
    private static final Duration REVIVAL_PAUSE = Duration.ofSeconds(1);
    private static final int ANY_PORT = 0;

    private static final String BINARIES = "postgres-bin";
    private static final List<String> DURABLE =
            List.of("fsync", "synchronous_commit", "full_page_writes");

    private static final String PASSWORDS_ONLY =
            """
            # Written by IGNY8 at each start. Everybody gives a password, also on this machine.
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    /** For the first seconds of a new database only, until its superuser has a password. */
    private static final String SUPERUSER_WITHOUT_PASSWORD =
            """
            host all postgres 127.0.0.1/32 trust
            host all postgres ::1/128 trust
            """;

    private final DataDirectory directory;
    private final Path data;
    private final String superuserPassword;
    private volatile EmbeddedPostgres postgres;
    private volatile boolean isClosing;

    private EmbeddedDatabase(
            DataDirectory directory,
            Path data,
            String superuserPassword,
            EmbeddedPostgres postgres) {
        this.directory = directory;
        this.data = data;
        this.superuserPassword = superuserPassword;
        this.postgres = postgres;
    }

    /** Starts on what is in the directory, or makes a new database there. The lock must be held. */
    static EmbeddedDatabase start(DataDirectory directory) {
        Path data = directory.resolve("postgres");
        Path complete = directory.resolve("postgres.complete");
        requireWhole(directory, data, complete);
        String password = directory.secret("postgres.password");
        try {
            if (!Files.exists(complete)) {
                setAsideIncomplete(data);
            }
            stopOrphan(data);
            boolean hasPassword = Files.exists(complete);
            var postgres = launch(directory, data, hasPassword, password, ANY_PORT);
            var database = new EmbeddedDatabase(directory, data, password, postgres);
            if (!Files.exists(complete)) {
                database.finishFirstStart(data);
                Files.createFile(complete);
            }
            database.assertDurable();
            database.watch();
            return database;
        } catch (IOException | SQLException failure) {
            throw new StartupRefused(
                    "The embedded PostgreSQL in " + data + " does not start.", failure);
        }
    }

    /**
     * What was in use and has lost a part is left as it is, for somebody to bring that part back: a
     * new password would open nothing, and a new database would have nothing in it.
     */
    private static void requireWhole(DataDirectory directory, Path data, Path complete) {
        if (Files.exists(complete) && !directory.hasSecret("postgres.password")) {
            throw new StartupRefused(
                    "keys/postgres.password is missing beside the database in "
                            + data
                            + ". Restore it from your backup.");
        }
        // The master key is made only when the database is complete
        if (!Files.exists(complete) && Files.exists(data) && directory.hasSecret("master.key")) {
            throw new StartupRefused(
                    complete
                            + " is missing, although this directory has been in use. If the"
                            + " database in "
                            + data
                            + " is whole, create that file, empty; if not, restore both from your"
                            + " backup.");
        }
    }

    /** Without the mark, the very first start never ended: nobody's data can be in there. */
    private static void setAsideIncomplete(Path data) throws IOException {
        if (Files.exists(data)) {
            stopOrphan(data);
            Path aside = data.resolveSibling("postgres.incomplete-" + Instant.now().toEpochMilli());
            Files.move(data, aside);
            LOG.warn("The first start was interrupted; its remains are in {}", aside);
        }
    }

    /**
     * A PostgreSQL whose parent was killed goes on running. Holding the directory's lock, we know
     * that nobody else uses it, so it is asked to stop in its orderly way.
     */
    private static void stopOrphan(Path data) throws IOException {
        Path pidFile = pidFile(data);
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = postmaster(data);
        if (orphan.isEmpty()) {
            LOG.warn("PostgreSQL did not stop in order last time; it recovers from its log now");
            Files.deleteIfExists(pidFile);
            return;
        }
        LOG.warn("PostgreSQL (process {}) outlived its parent; stopping it", orphan.get().pid());
        orphan.get().destroy();
        try {
            orphan.get().onExit().get(ORPHAN_STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException failure) {
            throw new StartupRefused(
                    "PostgreSQL (process "
                            + orphan.get().pid()
                            + ") still runs on "
                            + data
                            + " and does not stop. Stop it by hand and start again.",
                    failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new StartupRefused("Interrupted while PostgreSQL was stopping", failure);
        }
    }

    static Path pidFile(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** The process that PostgreSQL's own file names, if it is one and works on this data. */
    private static Optional<ProcessHandle> postmaster(Path data) throws IOException {
        return Files.readAllLines(pidFile(data)).stream()
                .findFirst()
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,18}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                .filter(process -> isPostgres(process, data));
    }

    /** The number may have gone to another process since, even to another PostgreSQL. */
    private static boolean isPostgres(ProcessHandle process, Path data) {
        boolean isAny =
                process.info().command().filter(path -> path.endsWith("postgres")).isPresent();
        return isAny
                && process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).contains(data.toString()))
                        .orElse(true);
    }

    /** Has {@link #revive} called when PostgreSQL ends. */
    private void watch() throws IOException {
        ProcessHandle process =
                postmaster(data).orElseThrow(() -> new IOException("PostgreSQL ended at once"));
        Thread.ofPlatform()
                .daemon()
                .name("postgres-watch")
                .start(
                        () -> {
                            process.onExit().join();
                            revive();
                        });
    }

    /**
     * Whoever kills PostgreSQL alone leaves us with pools of dead connections and nobody to talk
     * to. It recovers from its log as after any crash; what was not acknowledged is rolled back.
     */
    private void revive() {
        int port = postgres.getPort();
        for (int attempt = 1; !isClosing && attempt <= REVIVALS; attempt++) {
            LOG.error("PostgreSQL ended unexpectedly; starting it again (attempt {})", attempt);
            try {
                // Its own children notice within moments, and must have ended too
                Thread.sleep(REVIVAL_PAUSE);
                postgres.close();
                postgres = launch(directory, data, true, superuserPassword, port);
                assertDurable();
                watch();
                LOG.warn("PostgreSQL is back");
                return;
            } catch (IOException | SQLException | RuntimeException failure) {
                LOG.error("PostgreSQL did not start again", failure);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (!isClosing) {
            LOG.error("PostgreSQL does not come back: ending, for whoever supervises us to see");
            System.exit(1);
        }
    }

    private static EmbeddedPostgres launch(
            DataDirectory directory, Path data, boolean hasPassword, String password, int port)
            throws IOException {
        var builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setOverrideWorkingDirectory(directory.resolve(BINARIES).toFile())
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(STARTUP_WAIT)
                        .setPort(port)
                        .setLocaleConfig("locale", "C.UTF-8")
                        .setDataDirectoryCustomizer(
                                files -> writeAccessRules(files.toPath(), hasPassword))
                        .setServerConfig("max_connections", "100")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("unix_socket_directories", "");
        if (hasPassword) {
            builder.setConnectConfig("password", password);
        }
        DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
        EmbeddedPostgres started = builder.start();
        // The library, which unpacks once a process, lets everybody write where it does
        if (Files.isDirectory(directory.resolve(BINARIES))) {
            DataDirectory.makePrivate(directory.resolve(BINARIES));
        }
        return started;
    }

    private static void writeAccessRules(Path data, boolean hasPassword) {
        try {
            Files.writeString(
                    data.resolve("pg_hba.conf"),
                    (hasPassword ? "" : SUPERUSER_WITHOUT_PASSWORD) + PASSWORDS_ONLY);
        } catch (IOException failure) {
            throw new StartupRefused("Cannot write PostgreSQL's access rules", failure);
        }
    }

    private void finishFirstStart(Path data) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD '" + superuserPassword + "'");
            statement.execute(
                    "CREATE ROLE igny8_migrator LOGIN CREATEROLE PASSWORD '"
                            + migratorPassword()
                            + "'");
            statement.execute("CREATE DATABASE igny8 OWNER igny8_migrator");
            writeAccessRules(data, true);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** The library switches these off by default; a ledger that may forget is not one. */
    private void assertDurable() throws SQLException {
        var superuser = postgres.getPostgresDatabase(Map.of("password", superuserPassword));
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : DURABLE) {
                try (var answer = statement.executeQuery("SHOW " + setting)) {
                    if (!answer.next() || !"on".equals(answer.getString(1))) {
                        throw new StartupRefused("PostgreSQL runs without " + setting + "=on");
                    }
                }
            }
        }
    }

    String jdbcUrl() {
        return jdbcUrl(postgres.getPort());
    }

    static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/igny8";
    }

    String migratorPassword() {
        return DatabaseRoles.derivedPassword(superuserPassword, DatabaseRoles.MIGRATOR);
    }

    @Override
    public void close() throws IOException {
        isClosing = true;
        postgres.close();
    }
}
