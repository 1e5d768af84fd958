package com.igny8.tenancy;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import javax.sql.DataSource;

/**
 * One small question that many accounts ask at the same time, answered in few exchanges with the
 * database: what is asked while one is under way goes into the next, all in one message. With
 * nobody else asking, it goes at once. Whoever asks sees all that was committed before.
 *
 * <p>The wall stands as ever: each account is bound before its own query, under row level security,
 * and a row that is not of the account that asked fails.
 *
 * @param <T> what is known of an account
 */
public final class JointRead<T> {
    private static final int MOST_AT_ONCE = 16;

    private final TenantTransactions transactions;
    private final DataSource pool;
    private final AccessChanges accessChanges;
    private final String query;
    private final List<String> messages;
    private final RowMapper<T> mapper;
    private final Queue<Asked<T>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isAsking = new AtomicBoolean();

    /**
     * @param query finds at most one row, with the account's id in the column {@code account_id};
     *     its one parameter is that id
     */
    JointRead(
            TenantTransactions transactions,
            DataSource pool,
            AccessChanges accessChanges,
            String query,
            RowMapper<T> mapper) {
        this.transactions = transactions;
        this.pool = pool;
        this.accessChanges = accessChanges;
        this.query = query;
        String bound =
                "SELECT set_config('app.account_id', ?, true); "
                        + query.replace(":account_id", "?")
                        + "; ";
        this.messages =
                IntStream.rangeClosed(1, MOST_AT_ONCE)
                        .mapToObj(times -> "BEGIN READ ONLY; " + bound.repeat(times) + "COMMIT")
                        .toList();
        this.mapper = mapper;
    }

    private record Asked<T>(UUID accountId, CompletableFuture<Optional<T>> answer) {}

    /** What is known of the bound account; inside a transaction, as that sees it. */
    public Optional<T> get() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return transactions.read(sql -> sql.statement(query).query(mapper).optional());
        }
        Asked<T> asked = new Asked<>(Tenancy.accountId(), new CompletableFuture<>());
        waiting.add(asked);
        askIfNobodyDoes();
        try {
            return asked.answer().join();
        } catch (CompletionException failure) {
            throw new DataAccessResourceFailureException("Not answered", failure.getCause());
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
        List<Asked<T>> some = new ArrayList<>(MOST_AT_ONCE);
        while (some.size() < MOST_AT_ONCE) {
            Asked<T> next = waiting.poll();
            if (next == null) {
                break;
            }
            some.add(next);
        }
        return some;
    }

    /** All in one message. Whatever goes wrong, everybody is answered. */
    private void ask(List<Asked<T>> some) {
        try {
            exchange(some);
        } catch (SQLException | RuntimeException | Error failure) {
            some.forEach(asked -> asked.answer().completeExceptionally(failure));
        }
    }

    private void exchange(List<Asked<T>> some) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement message =
                        connection.prepareStatement(messages.get(some.size() - 1))) {
            int next = 1;
            for (Asked<T> asked : some) {
                message.setString(next, asked.accountId().toString());
                message.setObject(next + 1, asked.accountId());
                next += 2;
            }
            execute(connection, message);
            for (Asked<T> asked : some) {
                message.getMoreResults(); // From begin, or from the query before, to the binding
                message.getMoreResults();
                asked.answer().complete(answer(message.getResultSet(), asked.accountId()));
            }
            accessChanges.hear(connection);
        }
    }

    private static void execute(Connection connection, PreparedStatement message)
            throws SQLException {
        try {
            message.execute();
        } catch (SQLException failure) {
            try (Statement rollback = connection.createStatement()) {
                rollback.execute("ROLLBACK");
            }
            throw failure;
        }
    }

    private Optional<T> answer(ResultSet row, UUID accountId) throws SQLException {
        if (!row.next()) {
            return Optional.empty();
        }
        if (!accountId.equals(Columns.uuid(row, "account_id"))) {
            throw new IllegalStateException("An answer of another account");
        }
        return Optional.ofNullable(mapper.mapRow(row, 0));
    }
}
