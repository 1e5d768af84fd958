package com.igny8.tenancy;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.sql.DataSource;

/**
 * The only way to tenant tables: a transaction of the restricted role that carries the bound
 * account, so that row level security shows and takes rows of that account alone.
 *
 * <p>Nested calls join the transaction that is there. Inside a {@linkplain PlatformTransactions
 * platform transaction} they step down to the restricted role for as long as they last, on the same
 * connection, so that one commit covers both.
 */
@Component
public class TenantTransactions {
    /** As {@code SET LOCAL ROLE} does, and in the same exchange the account. */
    private static final String STEP_DOWN =
            "SELECT set_config('role', '%s', true), set_config('app.account_id', :account_id::text, true)"
                    .formatted(DatabaseRoles.APP);

    private static final String STEP_UP =
            "SELECT set_config('role', 'none', true), set_config('app.account_id', '', true)";

    /** One who reads for all may not wait for as long as a pool allows. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final DataSource tenantDataSource;
    private final DataSource platformDataSource;
    private final AccessChanges accessChanges;
    private final NamedParameterJdbcOperations tenantJdbc;
    private final NamedParameterJdbcOperations queryJdbc;
    private final NamedParameterJdbcOperations platformJdbc;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private final TransactionTemplate snapshots;

    TenantTransactions(
            @Qualifier("tenant") DataSource tenantDataSource,
            @Qualifier("platform") DataSource platformDataSource,
            AccessChanges accessChanges) {
        this.tenantDataSource = tenantDataSource;
        this.accessChanges = accessChanges;
        this.platformDataSource = platformDataSource;
        this.tenantJdbc = new NamedParameterJdbcTemplate(tenantDataSource);
        this.queryJdbc =
                new NamedParameterJdbcTemplate(
                        new SingleReads(tenantDataSource, accessChanges, true));
        this.platformJdbc = new NamedParameterJdbcTemplate(platformDataSource);
        var manager = new JdbcTransactionManager(tenantDataSource);
        this.writing = new TransactionTemplate(manager);
        this.reading = new TransactionTemplate(manager);
        reading.setReadOnly(true);
        this.snapshots = new TransactionTemplate(manager);
        snapshots.setReadOnly(true);
        snapshots.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Runs the work in a transaction that may write; all of it is kept, or nothing. */
    public <T> T write(Function<AccountSql, T> work) {
        return in(writing, work);
    }

    /** As {@link #write}, for work without an answer. */
    public void run(Consumer<AccountSql> work) {
        write(
                sql -> {
                    work.accept(sql);
                    return true;
                });
    }

    /**
     * As {@link #run}, for what is one message: inside a platform transaction the steps down and up
     * again go in it too, one exchange with the database instead of three.
     *
     * @param content adds statements, which have {@code :account_id} bound
     */
    public void send(Consumer<Message> content) {
        UUID accountId = Tenancy.accountId();
        if (stepsDown()) {
            Message message = new Message(platformJdbc).run(STEP_DOWN);
            content.accept(message);
            message.run(STEP_UP).param("account_id", accountId).send();
        } else {
            run(
                    sql -> {
                        Message message = sql.message().param("account_id", accountId);
                        content.accept(message);
                        message.send();
                    });
        }
    }

    /** Runs the work in a transaction that the database keeps from writing. */
    public <T> T read(Function<AccountSql, T> work) {
        return in(reading, work);
    }

    /** As {@link #read}, with everything as of one moment however long it takes. */
    public <T> T snapshot(Function<AccountSql, T> work) {
        return in(snapshots, work);
    }

    /**
     * Runs queries, each by itself and in one exchange with the database: for the one or two that
     * most requests come down to. Inside a transaction they join it.
     */
    public <T> T query(Function<AccountSql, T> work) {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? in(reading, work)
                : work.apply(new AccountSql(queryJdbc, Tenancy.accountId()));
    }

    /**
     * As {@link #query}, for the one question that very many ask at the same time.
     *
     * @param function of an array of accounts, in the database; binds each in turn and returns at
     *     most one row for it, with its id in the column {@code account_id}
     */
    public <T> JointRead<T> jointly(String function, RowMapper<T> mapper) {
        return new JointRead<>(
                this, tenantDataSource, accessChanges, function, mapper, LONGEST_WAIT);
    }

    private <T> T in(TransactionTemplate template, Function<AccountSql, T> work) {
        UUID accountId = Tenancy.accountId();
        if (TransactionSynchronizationManager.hasResource(platformDataSource)) {
            return inPlatformTransaction(accountId, work);
        }
        return template.execute(
                status -> {
                    if (!status.isNewTransaction()) {
                        return nested(tenantJdbc, accountId, work);
                    }
                    AccountSql sql = new AccountSql(tenantJdbc, accountId);
                    sql.bind();
                    accessChanges.hearAtCommit(tenantDataSource);
                    return outermost(tenantJdbc, sql, work);
                });
    }

    private <T> T inPlatformTransaction(UUID accountId, Function<AccountSql, T> work) {
        if (!stepsDown()) {
            return nested(platformJdbc, accountId, work);
        }
        new Message(platformJdbc).run(STEP_DOWN).param("account_id", accountId).send();
        T answer = outermost(platformJdbc, new AccountSql(platformJdbc, accountId), work);
        // After a failure there is nothing to restore: the exception rolls the whole back
        new Message(platformJdbc).run(STEP_UP).send();
        return answer;
    }

    /** Whether what is done now is of the platform's role, and not of an account's yet. */
    private boolean stepsDown() {
        return TransactionSynchronizationManager.hasResource(platformDataSource)
                && !TransactionSynchronizationManager.hasResource(platformJdbc);
    }

    /** Nested calls look here: to ask the database would double what they ask it. */
    private static <T> T outermost(
            NamedParameterJdbcOperations jdbc, AccountSql sql, Function<AccountSql, T> work) {
        TransactionSynchronizationManager.bindResource(jdbc, sql);
        try {
            T answer = work.apply(sql);
            sql.writeGathered();
            return answer;
        } finally {
            TransactionSynchronizationManager.unbindResource(jdbc);
        }
    }

    private static <T> T nested(
            NamedParameterJdbcOperations jdbc, UUID accountId, Function<AccountSql, T> work) {
        if (TransactionSynchronizationManager.getResource(jdbc) instanceof AccountSql sql
                && sql.accountId().equals(accountId)) {
            return work.apply(sql);
        }
        throw new IllegalStateException("The transaction belongs to another account");
    }
}
