package com.igny8.testing;

import com.igny8.tenancy.AccessChanges;
import com.igny8.tenancy.DataDirectory;
import com.igny8.tenancy.Remembered;
import com.zaxxer.hikari.HikariDataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

/** The database of a product, as its roles and as the superuser reach it. */
final class ProductDatabase implements AutoCloseable {
    private final ApplicationContext context;
    private final Remembered<UUID, UUID> pings;
    private @Nullable HikariDataSource superusers;
    private @Nullable String fingerprintStatement;

    ProductDatabase(ApplicationContext context) {
        this.context = context;
        this.pings = context.getBean(AccessChanges.class).memory(1000);
    }

    String url() {
        try {
            var driver = pool("tenant").getDataSource().unwrap(PGSimpleDataSource.class);
            return "jdbc:postgresql://%s:%d/%s"
                    .formatted(
                            driver.getServerNames()[0],
                            driver.getPortNumbers()[0],
                            driver.getDatabaseName());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    Connection connection(String role) throws SQLException {
        return pool(role).getConnection();
    }

    private HikariDataSource pool(String role) {
        return context.getBean(role + "DataSource", HikariDataSource.class);
    }

    /** From now on nobody waits for the disk; what was done last would not survive a crash. */
    void hurry() {
        sql().sql("ALTER DATABASE igny8 SET synchronous_commit = off").update();
        for (String role : List.of("tenant", "platform")) {
            pool(role).getHikariPoolMXBean().softEvictConnections();
        }
    }

    DataSource superuser() {
        Path password = context.getBean(DataDirectory.class).resolve("keys/postgres.password");
        return new DriverManagerDataSource(url(), "postgres", Product.read(password));
    }

    JdbcClient sql() {
        return JdbcClient.create(
                new JdbcTemplate(superusers()) {
                    @Override
                    protected int update(
                            PreparedStatementCreator creator,
                            @Nullable PreparedStatementSetter setter) {
                        int rows = super.update(creator, setter);
                        awaitHeard(this);
                        return rows;
                    }
                });
    }

    /** Connections that stay: a new one for each statement would cost more than most of them. */
    private synchronized HikariDataSource superusers() {
        if (superusers == null) {
            superusers = new HikariDataSource();
            superusers.setDataSource(superuser());
            superusers.setMaximumPoolSize(4);
            superusers.setMinimumIdle(0);
            // What a test lays out need not survive a crash, and goes ten times as fast
            superusers.setConnectionInitSql("SET synchronous_commit = off");
        }
        return superusers;
    }

    /** Tells of a change that nobody made, and waits until it has been heard. */
    private void awaitHeard(JdbcTemplate sql) {
        UUID ping = UUID.randomUUID();
        var fact = new Remembered.Fact<>(ping, Instant.MAX, Set.of(ping));
        pings.get(ping, () -> Optional.of(fact));
        sql.queryForList("SELECT pg_notify('igny8_access', ?)", ping.toString());
        while (pings.get(ping, Optional::empty).isPresent()) {
            LockSupport.parkNanos(100_000); // Spinning, it would keep the others from a core
        }
    }

    /** Gives each table's name and a hash of the rows that belong to {@code :account}. */
    synchronized String fingerprintStatement() {
        if (fingerprintStatement == null) {
            fingerprintStatement =
                    String.join(
                            " UNION ALL ",
                            sql().sql(
                                            """
                                            SELECT format($$SELECT %L, md5(string_agg(t::text, '|'
                                                       ORDER BY t::text)) FROM %I t
                                                        WHERE %I = :account$$,
                                                       relname, relname, attname)
                                              FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
                                             WHERE relnamespace = 'public'::regnamespace
                                               AND relkind IN ('r', 'p') AND NOT relispartition
                                               AND attname = CASE relname
                                                   WHEN 'account' THEN 'id' ELSE 'account_id' END
                                             ORDER BY relname
                                            """)
                                    .query(String.class)
                                    .list());
        }
        return fingerprintStatement;
    }

    @Override
    public synchronized void close() {
        if (superusers != null) {
            superusers.close();
        }
    }
}
