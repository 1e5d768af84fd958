package com.igny8.tenancy;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.sql.DataSource;

/**
 * The one narrow way past the wall between accounts, for what is nobody's or everybody's: sign-in,
 * the public catalogue, the operator's console, schedulers.
 */
@Component
public class PlatformTransactions {
    private final DataSource tenantDataSource;
    private final DataSource platformDataSource;
    private final AccessChanges accessChanges;
    private final NamedParameterJdbcOperations operations;
    private final JdbcClient jdbc;
    private final JdbcClient queryJdbc;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    PlatformTransactions(
            @Qualifier("tenant") DataSource tenantDataSource,
            @Qualifier("platform") DataSource platformDataSource,
            AccessChanges accessChanges) {
        this.tenantDataSource = tenantDataSource;
        this.platformDataSource = platformDataSource;
        this.accessChanges = accessChanges;
        this.operations = new NamedParameterJdbcTemplate(platformDataSource);
        this.jdbc = JdbcClient.create(operations);
        this.queryJdbc =
                JdbcClient.create(new SingleReads(platformDataSource, accessChanges, false));
        var manager = new JdbcTransactionManager(platformDataSource);
        this.writing = new TransactionTemplate(manager);
        this.reading = new TransactionTemplate(manager);
        reading.setReadOnly(true);
    }

    /** Runs the work in a transaction that may write; nested calls join it. */
    public <T> T write(Function<JdbcClient, T> work) {
        if (TransactionSynchronizationManager.hasResource(tenantDataSource)) {
            // They would commit apart: one could stay while the other is rolled back
            throw new IllegalStateException("Platform writes cannot be nested in tenant work");
        }
        return in(writing, work);
    }

    /** As {@link #write}, for work without an answer. */
    public void run(Consumer<JdbcClient> work) {
        write(
                client -> {
                    work.accept(client);
                    return true;
                });
    }

    /** Runs the work in a transaction that the database keeps from writing. */
    public <T> T read(Function<JdbcClient, T> work) {
        return in(reading, work);
    }

    /**
     * Runs queries, each by itself and in one exchange with the database. Inside a transaction they
     * are {@linkplain #read read} as ever.
     */
    public <T> T query(Function<JdbcClient, T> work) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? in(reading, work)
                : work.apply(queryJdbc);
    }

    private <T> T in(TransactionTemplate template, Function<JdbcClient, T> work) {
        return template.execute(
                status -> {
                    if (status.isNewTransaction()) {
                        accessChanges.hearAtCommit(platformDataSource);
                    }
                    return work.apply(jdbc);
                });
    }

    /**
     * For the rest of the transaction that is there: where the database says nothing for so long,
     * the transaction fails and its connection is closed. Without this, whoever asks a database
     * that fell silent waits for as long as its pool allows.
     */
    public void waitAtMost(Duration silence) {
        Connection connection = DataSourceUtils.getConnection(platformDataSource);
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(silence.toMillis()));
        } catch (SQLException lost) {
            throw new DataAccessResourceFailureException("No connection to the database", lost);
        } finally {
            DataSourceUtils.releaseConnection(connection, platformDataSource);
        }
    }

    /** For several statements at once, of the transaction that is there. */
    public Message message() {
        if (!isUnderWay()) {
            throw new IllegalStateException("Only within a platform transaction");
        }
        return new Message(operations);
    }

    /** Whether there is one, which what is read now would join. */
    boolean isUnderWay() {
        return TransactionSynchronizationManager.hasResource(platformDataSource);
    }
}
