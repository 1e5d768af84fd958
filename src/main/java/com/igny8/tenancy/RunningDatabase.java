package com.igny8.tenancy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The embedded database of a product that runs on the directory, found by another process. */
record RunningDatabase(String jdbcUrl, String migratorPassword) {
    /** In postmaster.pid, counted from 0. */
    private static final int PORT_LINE = 3;

    static RunningDatabase of(DataDirectory directory) {
        return new RunningDatabase(
                EmbeddedDatabase.jdbcUrl(port(directory.resolve("postgres"))),
                DatabaseRoles.derivedPassword(
                        directory.secret("postgres.password"), DatabaseRoles.MIGRATOR));
    }

    private static int port(Path data) {
        try {
            List<String> lines = Files.readAllLines(EmbeddedDatabase.pidFile(data));
            if (lines.size() <= PORT_LINE) {
                throw new IOException("Its database does not say its port yet");
            }
            return Integer.parseInt(lines.get(PORT_LINE).strip());
        } catch (IOException failure) {
            throw new StartupRefused(
                    "The product that uses " + data + " is starting. Try again in a moment.",
                    failure);
        }
    }
}
