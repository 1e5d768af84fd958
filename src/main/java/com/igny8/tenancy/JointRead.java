package com.igny8.tenancy;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

/**
 * One small question that many accounts ask at the same time, answered in one exchange with the
 * database: what is asked while one is under way goes into the next, all together. With nobody else
 * asking, it goes at once. Whoever asks sees all that was committed before.
 *
 * <p>The wall stands as ever: the database's function binds each account before it reads for it,
 * under row level security, and each is given the row of its own id or none.
 *
 * @param <T> what is known of an account
 */
public final class JointRead<T> {
    private static final int MOST_AT_ONCE = 64;

    private final TenantTransactions transactions;
    private final DataSource pool;
    private final AccessChanges accessChanges;
    private final String function;
    private final RowMapper<T> mapper;
    private final Duration longestWait;
    private final Queue<Asked<T>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isAsking = new AtomicBoolean();

    /**
     * @param function of an array of accounts; binds each in turn and returns at most one row for
     *     it, with its id in the column {@code account_id}
     * @param longestWait for an answer of the database: one that does not come would keep all
     *     others waiting
     */
    JointRead(
            TenantTransactions transactions,
            DataSource pool,
            AccessChanges accessChanges,
            String function,
            RowMapper<T> mapper,
            Duration longestWait) {
        this.transactions = transactions;
        this.pool = pool;
        this.accessChanges = accessChanges;
        this.function = function;
        this.mapper = mapper;
        this.longestWait = longestWait;
    }

    private record Asked<T>(UUID accountId, CompletableFuture<Optional<T>> answer) {}

    /** What is known of the bound account; inside a transaction, as that sees it. */
    public Optional<T> get() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return transactions.read(
                    sql ->
                            sql.statement("SELECT * FROM " + function + "(ARRAY[:account_id])")
                                    .query(mapper)
                                    .optional());
        }
        Asked<T> asked = new Asked<>(Tenancy.accountId(), new CompletableFuture<>());
        waiting.add(asked);
        askIfNobodyDoes();
        try {
            return asked.answer().get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new DataAccessResourceFailureException("Not answered", failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DataAccessResourceFailureException("Not answered", stop);
        }
    }

    private void askIfNobodyDoes() {
        if (!waiting.isEmpty() && isAsking.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::askForAll);
        }
    }

    private void askForAll() {
        for (List<Asked<T>> some = gathered(); !some.isEmpty(); some = gathered()) {
            ask(some);
        }
        isAsking.set(false);
        // Somebody may have come since the last look, and have seen that we were at it
        askIfNobodyDoes();
    }

    private List<Asked<T>> gathered() {
        List<Asked<T>> some = new ArrayList<>();
        while (some.size() < MOST_AT_ONCE) {
            Asked<T> next = waiting.poll();
            if (next == null) {
                break;
            }
            some.add(next);
        }
        return some;
    }

    /** Whatever goes wrong, everybody is answered. */
    private void ask(List<Asked<T>> some) {
        try {
            Map<UUID, T> answers =
                    exchange(some.stream().map(Asked::accountId).distinct().toArray());
            some.forEach(
                    asked ->
                            asked.answer()
                                    .complete(Optional.ofNullable(answers.get(asked.accountId()))));
        } catch (SQLException | RuntimeException | Error failure) {
            some.forEach(asked -> asked.answer().completeExceptionally(failure));
        }
    }

    /** One statement, and so a transaction of its own, with which the last binding ends. */
    private Map<UUID, T> exchange(Object[] accounts) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM " + function + "(?)")) {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(longestWait.toMillis()));
            Array array = connection.createArrayOf("uuid", accounts);
            statement.setArray(1, array);
            Map<UUID, T> answers = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.put(
                            Columns.uuid(rows, "account_id"), mapper.mapRow(rows, rows.getRow()));
                }
            }
            accessChanges.hear(connection);
            return answers;
        }
    }
}
