package com.igny8.tenancy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import java.io.IOException;
import java.util.Objects;

import javax.sql.DataSource;

/**
 * From settings to two pools of connections, by way of roles and migrations. Neither pool is the
 * default one: nobody gets a connection except through the two transaction classes.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);

    /**
     * How long an answer of the database is waited for: one that went without a word, as one does
     * whose place is taken by another, would keep its connections for hours. {@code socketTimeout}
     * in its address goes before this, and {@link PlatformTransactions#waitAtMost} before both.
     */
    private static final int SILENCE_SECONDS = 600;

    /**
     * The other way round: a node that went without a word leaves its locks behind. Longer than any
     * transaction has to wait for something outside.
     */
    private static final String END_WITH_US = "SET idle_in_transaction_session_timeout = '5min'";

    /** How often connections that nobody uses are looked at, the least a pool allows. */
    private static final int LOOK_MILLIS = 30_000;

    /** Where the migrated database is and how to connect as each role. */
    record Database(
            String url,
            String appUser,
            String appPassword,
            String platformPassword,
            @Nullable EmbeddedDatabase embedded)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (embedded != null) {
                embedded.close();
            }
        }
    }

    @Bean
    DataDirectory dataDirectory(DatabaseSettings settings) {
        DataDirectory directory = new DataDirectory(settings.dataDir());
        if (!settings.joins()) {
            directory.lock();
        } else if (!directory.lockIfFree()) {
            LOG.debug("Joining the product that runs on {}", settings.dataDir());
        }
        return directory;
    }

    @Bean
    Database database(DatabaseSettings settings, DataDirectory directory) {
        if (settings.database().url() != null) {
            return external(settings.database());
        }
        return directory.isLocked() ? embedded(directory) : joined(directory);
    }

    private static Database embedded(DataDirectory directory) {
        EmbeddedDatabase embedded = EmbeddedDatabase.start(directory);
        String url = embedded.jdbcUrl();
        String password = embedded.migratorPassword();
        LOG.info("Embedded PostgreSQL at {}", url);
        return migrate(url, DatabaseRoles.MIGRATOR, password, null, null, embedded);
    }

    /** That of the product that runs on the directory, as of a node beside it. */
    private static Database joined(DataDirectory directory) {
        RunningDatabase running = RunningDatabase.of(directory);
        return migrate(
                running.jdbcUrl(),
                DatabaseRoles.MIGRATOR,
                running.migratorPassword(),
                null,
                null,
                null);
    }

    private static Database external(DatabaseSettings.External settings) {
        if (settings.migratorUser() == null || settings.migratorPassword() == null) {
            throw new StartupRefused(
                    "IGNY8_DATABASE_URL is set, so IGNY8_DATABASE_MIGRATOR_USER and"
                            + " IGNY8_DATABASE_MIGRATOR_PASSWORD must be set too: the schema is"
                            + " owned by that role, and the application connects as another.");
        }
        if (Objects.equals(settings.user(), settings.migratorUser())) {
            throw new StartupRefused(
                    "IGNY8_DATABASE_USER must not be the migrator: an owner of tables is not held"
                            + " back by row level security.");
        }
        String url = Objects.requireNonNull(settings.url());
        String jdbcUrl =
                url.startsWith("jdbc:")
                        ? url
                        : "jdbc:" + url.replaceFirst("^postgres://", "postgresql://");
        return migrate(
                jdbcUrl,
                settings.migratorUser(),
                settings.migratorPassword(),
                settings.user(),
                settings.password(),
                null);
    }

    private static Database migrate(
            String url,
            String migrator,
            String migratorPassword,
            @Nullable String appUser,
            @Nullable String appPassword,
            @Nullable EmbeddedDatabase embedded) {
        var connection = new SingleConnectionDataSource(url, migrator, migratorPassword, true);
        try {
            DatabaseRoles.ensure(connection, migratorPassword, appUser);
        } finally {
            connection.destroy();
        }
        Flyway.configure()
                .dataSource(url, migrator, migratorPassword)
                .failOnMissingLocations(true)
                .load()
                .migrate();
        return new Database(
                url,
                appUser == null ? DatabaseRoles.APP : appUser,
                appUser == null || appPassword == null
                        ? DatabaseRoles.derivedPassword(migratorPassword, DatabaseRoles.APP)
                        : appPassword,
                DatabaseRoles.derivedPassword(migratorPassword, DatabaseRoles.PLATFORM),
                embedded);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("tenant")
    DataSource tenantDataSource(
            Database database, AccessChanges accessChanges, DatabaseSettings settings) {
        return pool(
                "tenant",
                driver(database.url(), database.appUser(), database.appPassword()),
                accessChanges,
                settings.database().poolSize());
    }

    @Bean(defaultCandidate = false)
    @Qualifier("platform")
    DataSource platformDataSource(
            Database database, AccessChanges accessChanges, DatabaseSettings settings) {
        return pool(
                "platform",
                driver(database.url(), DatabaseRoles.PLATFORM, database.platformPassword()),
                accessChanges,
                Math.max(2, settings.database().poolSize() / 2));
    }

    private static PGSimpleDataSource driver(String url, String user, String password) {
        var driver = new PGSimpleDataSource();
        driver.setUrl(url);
        driver.setUser(user);
        driver.setPassword(password);
        driver.setReWriteBatchedInserts(true);
        driver.setTcpKeepAlive(true);
        if (driver.getSocketTimeout() == 0) {
            driver.setSocketTimeout(SILENCE_SECONDS);
        }
        // Details of a refusal quote the row: emails and password hashes do not belong in a log
        driver.setLogServerErrorDetail(false);
        return driver;
    }

    private static HikariDataSource pool(
            String name, PGSimpleDataSource driver, AccessChanges accessChanges, int size) {
        driver.setApplicationName("igny8-" + name);
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(new HearingConnections(driver, accessChanges));
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(10_000);
        config.setKeepaliveTime(LOOK_MILLIS);
        config.setConnectionInitSql(AccessChanges.LISTEN + "; " + END_WITH_US);
        return new HikariDataSource(config);
    }
}
