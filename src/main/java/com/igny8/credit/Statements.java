package com.igny8.credit;

import com.igny8.kernel.Batches;
import com.igny8.kernel.Choice;
import com.igny8.kernel.Days;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What the ledger of the bound account says, newest first. */
@Component
public class Statements {
    private static final int AT_A_TIME = 1_000;

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
                        sql.statement(
                                        """
                                        SELECT * FROM credit_entry
                                         WHERE account_id = :account_id AND id < :before
                                           AND created_at >= :from AND created_at < :to
                                           AND (:type::text IS NULL OR type = :type)
                                           AND (:operation::text IS NULL OR operation = :operation)
                                           AND (:site::uuid IS NULL OR site_id = :site)
                                         ORDER BY id DESC LIMIT :most
                                        """)
                                .param("before", beforeId == null ? Long.MAX_VALUE : beforeId)
                                .param("from", Columns.timestamp(days.start()))
                                .param("to", Columns.timestamp(days.end()))
                                .param("type", filter.type())
                                .param("operation", filter.operation())
                                .param("site", filter.site())
                                .param("most", most)
                                .query((row, number) -> Rows.entry(row))
                                .list());
    }

    /** All of them, one by one, however many there are. */
    void each(Filter filter, Consumer<Entry> reader) {
        Batches.<Entry>read(
                AT_A_TIME,
                last -> entries(filter, last == null ? null : last.id(), AT_A_TIME),
                some -> some.forEach(reader));
    }

    /** How many there are without a filter. */
    long count() {
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
