package com.igny8.credit;

import com.igny8.kernel.Batches;
import com.igny8.kernel.Choice;
import com.igny8.kernel.Days;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What the ledger of the bound account says, newest first. */
@Component
public class Statements {
    private static final int AT_A_TIME = 1_000;

    private static final String MATCHES =
            """
            account_id = :account_id
             AND created_at >= :from AND created_at < :to
             AND (:type::text IS NULL OR type = :type)
             AND (:operation::text IS NULL OR operation = :operation)
             AND (:site::uuid IS NULL OR site_id = :site)
            """;

    private final TenantTransactions transactions;

    Statements(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Which entries; null where it does not matter. Days are of UTC.
     *
     * @param to the last day, with all of it
     */
    record Filter(
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String type,
            @Nullable String operation,
            @Nullable UUID site) {
        static final Filter NONE = new Filter(null, null, null, null, null);

        /** Bound by Spring, which would make 500 of a refusal here: see {@link #requireGood}. */
        Filter {
            type = type == null || type.isBlank() ? null : type;
            operation = operation == null || operation.isBlank() ? null : operation;
        }

        /** The days it is about; 400 where it names what there cannot be. */
        Days requireGood() {
            var _ = Choice.of("type", type, Entry.Type.values(), Entry.Type::key);
            return Days.of(from, to);
        }
    }

    /** Some of all of them. */
    public List<Entry> entries(@Nullable Long beforeId, int most) {
        return entries(Filter.NONE, beforeId, most);
    }

    /**
     * Some of them.
     *
     * @param beforeId only those older than this one; null to begin at the newest
     */
    List<Entry> entries(Filter filter, @Nullable Long beforeId, int most) {
        Days days = filter.requireGood();
        return transactions.read(
                sql ->
                        matching(
                                        sql,
                                        """
                                        SELECT * FROM credit_entry
                                         WHERE %s AND id < :before
                                         ORDER BY id DESC LIMIT :most
                                        """,
                                        filter,
                                        days)
                                .param("before", beforeId == null ? Long.MAX_VALUE : beforeId)
                                .param("most", most)
                                .query((row, number) -> Rows.entry(row))
                                .list());
    }

    /**
     * @param query with %s for which entries match
     */
    private static JdbcClient.StatementSpec matching(
            AccountSql sql, String query, Filter filter, Days days) {
        return sql.statement(query.formatted(MATCHES))
                .param("from", Columns.timestamp(days.start()))
                .param("to", Columns.timestamp(days.end()))
                .param("type", filter.type())
                .param("operation", filter.operation())
                .param("site", filter.site());
    }

    /** All of them, one by one, however many there are. */
    void each(Filter filter, Consumer<Entry> reader) {
        Batches.<Entry>read(
                AT_A_TIME,
                last -> entries(filter, last == null ? null : last.id(), AT_A_TIME),
                some -> some.forEach(reader));
    }

    /** How many match; unless all do, they are read for it. */
    long count(Filter filter) {
        Days days = filter.requireGood();
        if (filter.equals(Filter.NONE)) {
            return countOfAll();
        }
        return transactions.read(
                sql ->
                        matching(sql, "SELECT count(*) FROM credit_entry WHERE %s", filter, days)
                                .query(Long.class)
                                .single());
    }

    /** By the number of the last. */
    private long countOfAll() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT last_entry_id FROM credit_balance
                                         WHERE account_id = :account_id
                                        """)
                                .query(Long.class)
                                .optional()
                                .orElse(0L));
    }
}
