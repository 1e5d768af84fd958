package com.igny8.tenancy;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

import java.util.function.Function;

/** A lock of something that has no row of its own, on all nodes. */
public final class NamedLock {
    private NamedLock() {}

    /**
     * Waits until nobody else has it; it is kept until the transaction ends.
     *
     * @param sql makes a statement of the transaction
     */
    public static void take(Function<String, StatementSpec> sql, String name) {
        sql.apply("SELECT pg_advisory_xact_lock(hashtextextended(:lock, 0))")
                .param("lock", name)
                .query()
                .singleRow();
    }
}
