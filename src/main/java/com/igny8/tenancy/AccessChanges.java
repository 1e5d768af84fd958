package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.core.BaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

/**
 * Hears from the database of every change to what access rests on (users, sessions, API keys,
 * seats, accounts, sites and who reaches them, subscriptions, plans), whoever made it and on
 * whichever node, and has {@linkplain Remembered remembered answers} forgotten. The node that makes
 * a change hears of it on the very connection that commits it, before it answers; the others a
 * moment later. While the database is not heard, nothing is remembered.
 */
@Component
public class AccessChanges implements InitializingBean, DisposableBean {
    static final String LISTEN = "LISTEN igny8_access";

    private static final Logger LOG = LoggerFactory.getLogger(AccessChanges.class);
    private static final int SILENCE_MILLIS = 1000;
    private static final String SOCKET_TIMEOUT_SECONDS = "3";

    private final DatabaseConfiguration.Database database;
    private final Clock clock;
    private final List<Remembered<?, ?>> memories = new CopyOnWriteArrayList<>();
    private final Thread listener;
    private volatile boolean isHeard;
    private volatile boolean isClosing;

    AccessChanges(DatabaseConfiguration.Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.listener = Thread.ofPlatform().daemon().name("access-changes").unstarted(this::listen);
    }

    /** A memory of at most so many answers; beyond it starts anew. */
    public <K, V> Remembered<K, V> memory(int most) {
        return memory(most, TransactionSynchronizationManager::isActualTransactionActive);
    }

    /**
     * As above, for what is looked up by platform transactions: one that runs beside an account's
     * transaction, on a connection of its own, sees nothing of that.
     */
    public <K, V> Remembered<K, V> platformMemory(int most, PlatformTransactions platform) {
        return memory(most, platform::isUnderWay);
    }

    private <K, V> Remembered<K, V> memory(int most, BooleanSupplier looksIntoTransaction) {
        Remembered<K, V> memory = new Remembered<>(most, this, clock, looksIntoTransaction);
        memories.add(memory);
        return memory;
    }

    @Override
    public void afterPropertiesSet() {
        listener.start();
    }

    private void listen() {
        while (!isClosing) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(LISTEN);
                forgetAll();
                isHeard = true;
                while (!isClosing) {
                    told(connection.unwrap(PGConnection.class).getNotifications(SILENCE_MILLIS));
                    // A connection that died without a word is silent too
                    statement.execute("SELECT");
                }
            } catch (SQLException | RuntimeException | Error lost) {
                // Whatever it is: while nobody listens, nothing may be remembered
                if (!isClosing) {
                    LOG.warn("Changes of access are not heard now, so each is looked up");
                    LOG.debug("Connection lost", lost);
                }
            }
            isHeard = false;
            forgetAll();
            rest();
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", DatabaseRoles.PLATFORM);
        properties.setProperty("password", database.platformPassword());
        properties.setProperty("ApplicationName", "igny8-access-changes");
        properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        return DriverManager.getConnection(database.url(), properties);
    }

    private void rest() {
        if (!isClosing) {
            try {
                Thread.sleep(SILENCE_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes what a pooled connection is told as the transaction on it commits. */
    void hearAtCommit(DataSource pool) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        Connection connection = DataSourceUtils.getConnection(pool);
                        hear(connection);
                        DataSourceUtils.releaseConnection(connection, pool);
                    }
                });
    }

    /**
     * Takes what a pooled connection has been told. After reads too: it keeps all of it until then,
     * and one that only reads would for as long as it lives.
     *
     * <p>What a commit tells its own connection comes before the answer to it. The driver's public
     * way to that would wait a millisecond for more, each time.
     */
    void hear(Connection pooled) {
        try {
            told(pooled.unwrap(BaseConnection.class).getQueryExecutor().getNotifications());
        } catch (SQLException lost) {
            forgetAll();
        }
    }

    private void told(PGNotification @Nullable [] notifications) {
        if (notifications == null) {
            return;
        }
        for (PGNotification notification : notifications) {
            told(notification.getParameter());
        }
    }

    /** Whoever reaches the database can say anything here: what is no id may mean every one. */
    private void told(String what) {
        try {
            UUID changed = UUID.fromString(what);
            memories.forEach(memory -> memory.forget(changed));
        } catch (IllegalArgumentException notAnId) {
            forgetAll();
        }
    }

    private void forgetAll() {
        memories.forEach(Remembered::forgetAll);
    }

    boolean isHeard() {
        return isHeard;
    }

    @Override
    public void destroy() throws InterruptedException {
        isClosing = true;
        listener.join(SILENCE_MILLIS * 5L);
    }
}
