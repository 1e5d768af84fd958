package com.igny8.tenancy;

import org.intellij.lang.annotations.Language;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Several statements of a transaction that go to the database in one message, and whose answers
 * come back in one. PostgreSQL carries them out as if they had come one by one: each sees what was
 * committed before it began, and what those before it did.
 *
 * <p>Nothing is read before all is sent, so a message asks for no more than the sockets between the
 * two can take.
 */
public final class Message {
    private final NamedParameterJdbcOperations jdbc;
    private final StringJoiner statements = new StringJoiner(";\n");
    private final List<RowCallbackHandler> readers = new ArrayList<>();
    private final MapSqlParameterSource parameters = new MapSqlParameterSource();

    Message(NamedParameterJdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a query, and who is given each of its rows. */
    public Message query(@Language("SQL") String sql, RowCallbackHandler reader) {
        statements.add(sql);
        readers.add(reader);
        return this;
    }

    /** Adds a statement that has nothing to tell. */
    public Message run(@Language("SQL") String sql) {
        return query(sql, row -> {});
    }

    /** What is named so in any of the statements. */
    public Message param(String name, @Nullable Object value) {
        parameters.addValue(name, value);
        return this;
    }

    /** Sends them, if there are any, and has their rows read in their order. */
    public void send() {
        if (!readers.isEmpty()) {
            jdbc.execute(statements.toString(), parameters, this::answer);
        }
    }

    private boolean answer(PreparedStatement statement) throws SQLException {
        statement.execute();
        for (RowCallbackHandler reader : readers) {
            try (ResultSet rows = statement.getResultSet()) {
                while (rows != null && rows.next()) {
                    reader.processRow(rows);
                }
            }
            statement.getMoreResults();
        }
        return true;
    }
}
