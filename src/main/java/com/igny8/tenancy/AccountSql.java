package com.igny8.tenancy;

import org.intellij.lang.annotations.Language;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.UUID;

/**
 * SQL inside a transaction that carries an account. Every statement has {@code :account_id} bound:
 * it is named in each {@code WHERE}, although row level security would see to it too.
 */
public final class AccountSql {
    private final JdbcClient jdbc;
    private final UUID accountId;

    AccountSql(JdbcClient jdbc, UUID accountId) {
        this.jdbc = jdbc;
        this.accountId = accountId;
    }

    /** A statement with {@code :account_id} bound. */
    public JdbcClient.StatementSpec statement(@Language("SQL") String sql) {
        return jdbc.sql(sql).param("account_id", accountId);
    }

    public UUID accountId() {
        return accountId;
    }
}
