package com.igny8.tenancy;

import org.springframework.jdbc.datasource.AbstractDataSource;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/**
 * Connections on which each query is a whole transaction, sent in one message: begin, bind the
 * account if there is one, query, commit. What {@link TenantTransactions#read} asks of PostgreSQL
 * in three exchanges and {@link PlatformTransactions#read} in two, in one; PostgreSQL refuses to
 * write here as it does there.
 */
final class SingleReads extends AbstractDataSource {
    private static final String BEGIN = "BEGIN READ ONLY; ";
    private static final String BIND = "SELECT set_config('app.account_id', ?, true); ";
    private static final String COMMIT = "; COMMIT";

    private final DataSource pool;
    private final AccessChanges accessChanges;
    private final boolean isBound;
    private final String before;

    /**
     * @param isBound whether they see the rows of the account that is bound, or what the role sees
     */
    SingleReads(DataSource pool, AccessChanges accessChanges, boolean isBound) {
        this.pool = pool;
        this.accessChanges = accessChanges;
        this.isBound = isBound;
        this.before = isBound ? BEGIN + BIND : BEGIN;
    }

    @Override
    public Connection getConnection() throws SQLException {
        String accountId = isBound ? Tenancy.accountId().toString() : "";
        return connection(pool.getConnection(), accountId);
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException("The pool knows who connects");
    }

    private Connection connection(Connection connection, String accountId) {
        return Intercepted.calls(
                Connection.class,
                (method, arguments) ->
                        switch (method.getName()) {
                            case "prepareStatement" ->
                                    statement(
                                            connection,
                                            connection.prepareStatement(
                                                    before + arguments[0] + COMMIT),
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

    private PreparedStatement statement(
            Connection connection, PreparedStatement statement, String accountId)
            throws SQLException {
        if (isBound) {
            statement.setString(1, accountId);
        }
        return Intercepted.calls(
                PreparedStatement.class,
                (method, arguments) -> {
                    if (method.getName().equals("executeQuery")) {
                        return rows(connection, statement);
                    }
                    if (method.getName().startsWith("execute")) {
                        throw new IllegalStateException("Only queries run here");
                    }
                    if (isBound && isParameter(method)) {
                        arguments[0] = (Integer) arguments[0] + 1;
                    }
                    return Intercepted.pass(statement, method, arguments);
                });
    }

    /** The results are: begun, bound if it is, the rows, committed. */
    private ResultSet rows(Connection connection, PreparedStatement statement) throws SQLException {
        try {
            statement.execute();
        } catch (SQLException failure) {
            try (Statement rollback = connection.createStatement()) {
                rollback.execute("ROLLBACK");
            }
            throw failure;
        }
        statement.getMoreResults();
        if (isBound) {
            statement.getMoreResults();
        }
        return statement.getResultSet();
    }

    private static boolean isParameter(Method method) {
        return method.getName().startsWith("set")
                && method.getParameterCount() > 1
                && method.getParameterTypes()[0] == int.class;
    }
}
