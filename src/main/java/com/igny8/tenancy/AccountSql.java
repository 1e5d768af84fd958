package com.igny8.tenancy;

import org.intellij.lang.annotations.Language;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * SQL inside a transaction that carries an account. Every statement has {@code :account_id} bound:
 * it is named in each {@code WHERE}, although row level security would see to it too. There is one
 * for a transaction, however deep calls are nested in it.
 */
public final class AccountSql {
    private final NamedParameterJdbcOperations jdbc;
    private final UUID accountId;
    private final Map<Class<?>, Object> known = new HashMap<>();
    private final Map<Class<?>, Gathering<?>> gatherings = new LinkedHashMap<>();

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

    /**
     * What nobody else can change until the transaction ends, because asking for it locks it: asked
     * for the first time only.
     */
    public <T> T once(Class<T> what, Supplier<T> lock) {
        Object there = known.get(what);
        if (there != null) {
            return what.cast(there);
        }
        T locked = lock.get();
        known.put(what, locked);
        return locked;
    }

    /** The transaction itself has changed what it asked for {@link #once}. */
    public <T> void changed(Class<T> what, T now) {
        known.put(what, now);
    }

    /**
     * Keeps something that is to be written with all others of its kind, as the last thing that is
     * done for the account in the transaction.
     */
    public <T> void gather(Class<T> kind, T one, Consumer<List<T>> writing) {
        gatherings
                .computeIfAbsent(kind, any -> new Gathering<>(kind, new ArrayList<>(), writing))
                .all()
                .add(one);
    }

    private record Gathering<T>(Class<T> kind, List<Object> all, Consumer<List<T>> writing) {
        void write() {
            writing.accept(all.stream().map(kind::cast).toList());
        }
    }

    void writeGathered() {
        gatherings.values().forEach(Gathering::write);
    }
}
