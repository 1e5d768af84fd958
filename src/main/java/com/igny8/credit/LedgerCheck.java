package com.igny8.credit;

import com.igny8.kernel.Batches;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.intellij.lang.annotations.Language;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Adds everything up again: what must hold for every account's credits at any moment, whatever
 * happened before. Goes through the accounts some at a time, each time in one statement and so in
 * one snapshot: it may be asked while others write, and takes no more memory for many than for few.
 */
@Component
public class LedgerCheck {
    /** Accounts in one statement. */
    private static final int AT_A_TIME = 500;

    /** For a statement: the database is silent until it has read all entries of its accounts. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final UUID AFTER_ALL = new UUID(-1, -1);

    @Language("SQL")
    private static final String BREAKS =
            """
            WITH some_account AS (
                SELECT id FROM account WHERE id BETWEEN :first AND :last),
            entry AS (
                SELECT credit_entry.*,
                       lag(balance_after) OVER running AS balance_before,
                       lag(credit_entry.id) OVER running AS id_before
                  FROM credit_entry JOIN some_account ON some_account.id = account_id
                WINDOW running AS (PARTITION BY account_id ORDER BY credit_entry.id)),
            keyed AS (
                SELECT account_id, id, idempotency_key,
                       lag(id) OVER same AS id_before,
                       created_at - lag(created_at) OVER same AS apart
                  FROM entry WHERE idempotency_key IS NOT NULL
                WINDOW same AS (PARTITION BY account_id, idempotency_key ORDER BY id)),
            entries AS (
                SELECT account_id, sum(amount) AS total, max(id) AS last
                  FROM entry GROUP BY account_id),
            grants AS (
                SELECT account_id, sum(remaining) AS remaining
                  FROM credit_grant JOIN some_account ON some_account.id = account_id
                 GROUP BY account_id),
            hold AS (
                SELECT credit_hold.*
                  FROM credit_hold JOIN some_account ON some_account.id = account_id),
            holds AS (
                SELECT account_id, sum(amount) AS held FROM hold
                 WHERE settled_at IS NULL GROUP BY account_id),
            standing AS (
                SELECT some_account.id, coalesce(balance, 0) AS balance,
                       coalesce(credit_balance.held, 0) AS held,
                       coalesce(last_entry_id, 0) AS last_entry_id,
                       coalesce(entries.total, 0) AS total, coalesce(last, 0) AS last,
                       coalesce(remaining, 0) AS remaining, coalesce(holds.held, 0) AS open
                  FROM some_account
                  LEFT JOIN credit_balance ON credit_balance.account_id = some_account.id
                  LEFT JOIN entries ON entries.account_id = some_account.id
                  LEFT JOIN grants ON grants.account_id = some_account.id
                  LEFT JOIN holds ON holds.account_id = some_account.id)
            SELECT id, format('the balance is %s, its entries add up to %s', balance, total)
              FROM standing WHERE balance <> total
            UNION ALL
            SELECT id, format('the balance is %s, %s is left of its grants', balance, remaining)
              FROM standing WHERE balance <> remaining
            UNION ALL
            SELECT id, format('%s is held, its open holds add up to %s', held, open)
              FROM standing WHERE held <> open
            UNION ALL
            SELECT id, format('%s is available: balance %s, held %s', balance - held, balance, held)
              FROM standing WHERE balance < held OR held < 0
            UNION ALL
            SELECT id, format('the last entry is %s, the balance row says %s', last, last_entry_id)
              FROM standing WHERE last <> last_entry_id
            UNION ALL
            SELECT account_id, format('entry %s of %s comes after entry %s: numbers are missing, or there twice',
                                      id, created_at, coalesce(id_before, 0))
              FROM entry WHERE id <> coalesce(id_before, 0) + 1
            UNION ALL
            SELECT account_id, format('entry %s of %s (%s, %s) leaves %s, before it were %s',
                                      id, created_at, type, amount, balance_after,
                                      coalesce(balance_before, 0))
              FROM entry WHERE balance_after <> coalesce(balance_before, 0) + amount
            UNION ALL
            SELECT account_id, format('entry %s leaves %s with %s held', id, balance_after, held)
              FROM entry WHERE balance_after < held OR held < 0
            UNION ALL
            SELECT account_id, format('the key %s stands for entries %s and %s', idempotency_key,
                                      id_before, id)
              FROM keyed WHERE apart < :key_memory::interval
            UNION ALL
            SELECT hold.account_id, format('hold %s captured %s, its entry %s took %s',
                                           hold.id, captured, coalesce(entry_id, 0),
                                           coalesce(-entry.amount, 0))
              FROM hold
              LEFT JOIN entry ON entry.account_id = hold.account_id AND entry.id = hold.entry_id
                   AND entry.reference = 'hold:' || hold.id
             WHERE captured <> coalesce(-entry.amount, 0)
            UNION ALL
            SELECT account_id, format('entry %s captured %s holds', entry_id, count(*))
              FROM hold WHERE entry_id IS NOT NULL GROUP BY account_id, entry_id HAVING count(*) > 1
            UNION ALL
            SELECT entry.account_id, format('entry %s let %s in, its grants %s', entry.id,
                                            entry.amount, coalesce(sum(credit_grant.amount), 0))
              FROM entry
              LEFT JOIN credit_grant ON credit_grant.account_id = entry.account_id
                   AND credit_grant.entry_id = entry.id
             WHERE entry.amount > 0
             GROUP BY entry.account_id, entry.id, entry.amount
            HAVING entry.amount <> coalesce(sum(credit_grant.amount), 0)
            UNION ALL
            SELECT taken.account_id, format('of entry %s, which took %s, %s was given back',
                                            taken.id, -taken.amount, sum(refund.amount))
              FROM entry taken
              JOIN entry refund ON refund.account_id = taken.account_id
                   AND refund.type = 'refund' AND refund.reference = 'entry:' || taken.id
             GROUP BY taken.account_id, taken.id, taken.amount
            HAVING sum(refund.amount) > -taken.amount
            """;

    private final PlatformTransactions platform;

    LedgerCheck(PlatformTransactions platform) {
        this.platform = platform;
    }

    /** What does not add up, in words, and whose it is. */
    public record Break(UUID accountId, String what) {}

    /** Tells of each break as it is found; gives the number of accounts looked at. */
    public long run(Consumer<Break> found) {
        return Batches.<UUID>read(
                AT_A_TIME,
                last ->
                        platform.read(
                                jdbc ->
                                        accountsAfter(
                                                jdbc, last == null ? Batches.FIRST_ID : last)),
                some ->
                        platform.read(
                                        jdbc -> {
                                            platform.waitAtMost(LONGEST);
                                            return breaks(jdbc, some.getFirst(), some.getLast());
                                        })
                                .forEach(found));
    }

    private static List<UUID> accountsAfter(JdbcClient jdbc, UUID after) {
        return jdbc.sql("SELECT id FROM account WHERE id > :after ORDER BY id LIMIT :most")
                .param("after", after)
                .param("most", AT_A_TIME)
                .query((row, number) -> Columns.uuid(row, "id"))
                .list();
    }

    /** Of all accounts in one statement: for those that have few. */
    public static List<Break> all(JdbcClient readsEverything) {
        return breaks(readsEverything, Batches.FIRST_ID, AFTER_ALL);
    }

    /** Of the accounts from the one to the other. */
    static List<Break> breaks(JdbcClient jdbc, UUID first, UUID last) {
        return jdbc.sql(BREAKS)
                .param("first", first)
                .param("last", last)
                .param("key_memory", BookReading.KEY_MEMORY.toString())
                .query((row, number) -> new Break(row.getObject(1, UUID.class), row.getString(2)))
                .list();
    }
}
