package com.igny8.tenancy;

import org.intellij.lang.annotations.Language;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.UUID;

/**
 * SQL inside a transaction that carries an account. Every statement has {@code :account_id} bound:
 * it is named in each {@code WHERE}, although row level security would see to it too.
 */
public final class AccountSql {
    private final NamedParameterJdbcOperations jdbc;
    private final UUID accountId;

    AccountSql(NamedParameterJdbcOperations jdbc, UUID accountId) {
        this.jdbc = jdbc;
        this.accountId = accountId;
    }

    /** Shows and takes rows of this account alone from now on, until the transaction ends. */
    void bind() {
        statement("SELECT set_config('app.account_id', :account_id::text, true)")
                .query()
                .singleValue();
    }

    /** A statement with {@code :account_id} bound. */
    public JdbcClient.StatementSpec statement(@Language("SQL") String sql) {
        return JdbcClient.create(jdbc).sql(sql).param("account_id", accountId);
    }

    /** For several statements at once; what they say of accounts is up to them. */
    public Message message() {
        return new Message(jdbc);
    }

    public UUID accountId() {
        return accountId;
    }
}
