package com.igny8.account;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.account.AccountTables.Reference;
import com.igny8.account.AccountTables.Table;
import com.igny8.kernel.Batches;
import com.igny8.tenancy.PlatformTransactions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Removes for good what was deleted and whose time to be restored is over. It goes by the
 * catalogue, a table after those that point at it and in batches, each in a transaction of its own:
 * nothing is locked for long, and whatever stops it, the next run goes on where it was.
 */
@Component
class Erasure {
    /** What stays of an erased account: its books and its log. They name nobody. */
    static final Set<String> KEPT =
            Set.of(
                    "account",
                    "audit_entry",
                    "credit_balance",
                    "credit_entry",
                    "credit_grant",
                    "credit_hold",
                    "credit_note",
                    "credit_pack_order",
                    "customer_balance",
                    "customer_balance_entry",
                    "dispute",
                    "invoice",
                    "invoice_line",
                    "payment",
                    "payment_method",
                    "refund",
                    "scheduled_grant",
                    "subscription");

    /** Goes last, in one transaction with the people: it is known from it who they were. */
    static final String SEATS = "member";

    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

    /** The clocks of two nodes may differ: one restores no more when another erases. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final int BATCH = 5_000;
    private static final int ATTEMPTS = 5;

    private final PlatformTransactions platform;
    private final Farewell farewell;
    private final Clock clock;

    Erasure(PlatformTransactions platform, Farewell farewell, Clock clock) {
        this.platform = platform;
        this.farewell = farewell;
        this.clock = clock;
    }

    /** Erases all that is due. */
    void run() {
        AccountTables tables = platform.read(jdbc -> AccountTables.read(jdbc::sql));
        OffsetDateTime before = clock.instant().minus(GRACE).atOffset(ZoneOffset.UTC);
        dueAccounts(before).forEach(account -> eraseWhole(tables, account));
        tables.pointingFirst().stream()
                .filter(table -> table.has("restore_until") && !table.name().equals("account"))
                .forEach(
                        table ->
                                eraseRows(
                                        tables,
                                        table,
                                        "restore_until <= :before",
                                        Map.of("before", before)));
    }

    private List<UUID> dueAccounts(OffsetDateTime before) {
        return platform.read(
                jdbc ->
                        jdbc.sql(
                                        """
                                        SELECT id FROM account
                                         WHERE deleted_at IS NOT NULL AND erased_at IS NULL
                                           AND restore_until <= :before AND NOT is_system
                                         ORDER BY restore_until
                                        """)
                                .param("before", before)
                                .query(UUID.class)
                                .list());
    }

    /** A job of its that still runs may write of what is erased: what came then goes too. */
    private void eraseWhole(AccountTables tables, UUID account) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                eraseAccount(tables, account);
                return;
            } catch (DataIntegrityViolationException written) {
                LOG.debug("Account {} was written to", account, written);
            }
        }
        eraseAccount(tables, account);
    }

    private void eraseAccount(AccountTables tables, UUID account) {
        Map<String, Object> whose = Map.of("account", account);
        tables.pointingFirst().stream()
                .filter(table -> !KEPT.contains(table.name()) && !table.name().equals(SEATS))
                .forEach(table -> delete(table, "account_id = :account", whose));
        farewell.blankLog(tables.table("audit_entry"), account);
        farewell.removePeople(account);
        LOG.info("Account {} is erased", account);
    }

    /**
     * Erases rows. What points at them goes too where its foreign key says {@code ON DELETE
     * CASCADE} or none of its columns may be null; otherwise those columns are set to null.
     *
     * @param condition on the columns of the table
     */
    private void eraseRows(
            AccountTables tables, Table table, String condition, Map<String, Object> values) {
        for (Reference reference : tables.references()) {
            if (reference.to().equals(table.name())) {
                Table pointing = tables.table(reference.from());
                String doomed =
                        "(%s) IN (SELECT %s FROM %s WHERE %s)"
                                .formatted(
                                        String.join(", ", reference.columns()),
                                        String.join(", ", reference.targets()),
                                        table.name(),
                                        condition);
                List<String> clearable =
                        reference.isCascading() ? List.of() : clearable(pointing, reference);
                if (clearable.isEmpty()) {
                    eraseRows(tables, pointing, doomed, values);
                } else {
                    clear(pointing, clearable, doomed, values);
                }
            }
        }
        delete(table, condition, values);
    }

    private static List<String> clearable(Table table, Reference reference) {
        return table.columns().stream()
                .filter(AccountTables.Column::isNullable)
                .map(AccountTables.Column::name)
                .filter(reference.columns()::contains)
                .toList();
    }

    private void clear(
            Table table, List<String> columns, String condition, Map<String, Object> values) {
        inBatches(
                """
                UPDATE %s SET %s
                 WHERE (account_id, id) IN (SELECT account_id, id FROM %s WHERE %s LIMIT %d)
                """
                        .formatted(
                                table.name(),
                                String.join(
                                        ", ",
                                        columns.stream().map(each -> each + " = NULL").toList()),
                                table.name(),
                                condition,
                                BATCH),
                values);
    }

    private void delete(Table table, String condition, Map<String, Object> values) {
        String key = table.has("id") ? "account_id, id" : "account_id";
        inBatches(
                "DELETE FROM %s WHERE (%s) IN (SELECT %s FROM %s WHERE %s LIMIT %d)"
                        .formatted(table.name(), key, key, table.name(), condition, BATCH),
                values);
    }

    private void inBatches(String statement, Map<String, Object> values) {
        Batches.doAll(
                BATCH, () -> platform.write(jdbc -> jdbc.sql(statement).params(values).update()));
    }

    /** Once an hour, on one node at a time. */
    @Bean
    static RecurringTask<Void> erasureTask(Erasure erasure) {
        return Tasks.recurring("erasure", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> erasure.run());
    }
}
