package com.igny8.tenancy;

import org.springframework.jdbc.datasource.AbstractDataSource;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import javax.sql.DataSource;

/**
 * Connections on which each query is a whole transaction, sent in one message: begin, bind the
 * account, query, commit. What {@link TenantTransactions#read} asks of PostgreSQL in three
 * exchanges, in one; PostgreSQL refuses to write here as it does there.
 */
final class BoundReads extends AbstractDataSource {
    private static final String BEFORE =
            "BEGIN READ ONLY; SELECT set_config('app.account_id', ?, true); ";
    private static final String AFTER = "; COMMIT";

    private final DataSource pool;
    private final AccessChanges accessChanges;

    BoundReads(DataSource pool, AccessChanges accessChanges) {
        this.pool = pool;
        this.accessChanges = accessChanges;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connection(pool.getConnection(), Tenancy.accountId());
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException("The pool knows who connects");
    }

    private Connection connection(Connection connection, UUID accountId) {
        return Intercepted.calls(
                Connection.class,
                (method, arguments) ->
                        switch (method.getName()) {
                            case "prepareStatement" ->
                                    statement(
                                            connection,
                                            connection.prepareStatement(
                                                    BEFORE + arguments[0] + AFTER),
                                            accountId);
                            case "close" -> {
                                accessChanges.hear(connection);
                                yield Intercepted.pass(connection, method, arguments);
                            }
                            case "getAutoCommit",
                                    "isClosed",
                                    "getMetaData",
                                    "unwrap",
                                    "isWrapperFor" ->
                                    Intercepted.pass(connection, method, arguments);
                            default -> throw new IllegalStateException("Only queries run here");
                        });
    }

    private static PreparedStatement statement(
            Connection connection, PreparedStatement statement, UUID accountId)
            throws SQLException {
        statement.setString(1, accountId.toString());
        return Intercepted.calls(
                PreparedStatement.class,
                (method, arguments) -> {
                    if (method.getName().equals("executeQuery")) {
                        return rows(connection, statement);
                    }
                    if (method.getName().startsWith("execute")) {
                        throw new IllegalStateException("Only queries run here");
                    }
                    if (isParameter(method)) {
                        arguments[0] = (Integer) arguments[0] + 1;
                    }
                    return Intercepted.pass(statement, method, arguments);
                });
    }

    /** The results are: begun, bound, the rows, committed. */
    private static ResultSet rows(Connection connection, PreparedStatement statement)
            throws SQLException {
        try {
            statement.execute();
        } catch (SQLException failure) {
            try (Statement rollback = connection.createStatement()) {
                rollback.execute("ROLLBACK");
            }
            throw failure;
        }
        statement.getMoreResults();
        statement.getMoreResults();
        return statement.getResultSet();
    }

    private static boolean isParameter(Method method) {
        return method.getName().startsWith("set")
                && method.getParameterCount() > 1
                && method.getParameterTypes()[0] == int.class;
    }
}
