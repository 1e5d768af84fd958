package com.igny8.testing;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;

import javax.sql.DataSource;

/**
 * What must hold for every account's credits at any moment, whatever happened before. Read in one
 * statement, so in one snapshot: it may be asked while others write.
 */
public final class LedgerInvariants {
    private LedgerInvariants() {}

    /** Every violation, in words with the account; none is what it must be. */
    public static List<String> violations(DataSource readsEverything) {
        return JdbcClient.create(readsEverything)
                .sql(
                        """
                        WITH entries AS (
                            SELECT account_id, sum(amount) AS total, count(*) AS entries,
                                   min(id) AS first, max(id) AS last
                              FROM credit_entry GROUP BY account_id),
                        grants AS (
                            SELECT account_id, sum(remaining) AS remaining
                              FROM credit_grant GROUP BY account_id),
                        holds AS (
                            SELECT account_id, sum(amount) AS held
                              FROM credit_hold WHERE status = 'held' GROUP BY account_id),
                        accounts AS (
                            SELECT account.id, credit_balance.account_id IS NOT NULL AS has_row,
                                   coalesce(balance, 0) AS balance,
                                   coalesce(credit_balance.held, 0) AS held,
                                   coalesce(last_entry_id, 0) AS last_entry_id,
                                   coalesce(entries.total, 0) AS total,
                                   coalesce(entries, 0) AS entries,
                                   coalesce(first, 1) AS first, coalesce(last, 0) AS last,
                                   coalesce(remaining, 0) AS remaining,
                                   coalesce(holds.held, 0) AS open
                              FROM account
                              LEFT JOIN credit_balance ON credit_balance.account_id = account.id
                              LEFT JOIN entries ON entries.account_id = account.id
                              LEFT JOIN grants ON grants.account_id = account.id
                              LEFT JOIN holds ON holds.account_id = account.id),
                        chain AS (
                            SELECT account_id, id, balance_after,
                                   coalesce(lag(balance_after) OVER running, 0) + amount AS expected
                              FROM credit_entry
                            WINDOW running AS (PARTITION BY account_id ORDER BY id))
                        SELECT format('%s: balance %s, entries %s', id, balance, total)
                          FROM accounts WHERE balance <> total
                        UNION ALL
                        SELECT format('%s: balance %s, left of grants %s', id, balance, remaining)
                          FROM accounts WHERE balance <> remaining
                        UNION ALL
                        SELECT format('%s: held %s, open holds %s', id, held, open)
                          FROM accounts WHERE held <> open
                        UNION ALL
                        SELECT format('%s: %s available', id, balance - held)
                          FROM accounts WHERE balance < held
                        UNION ALL
                        SELECT format('%s: entries %s to %s, %s of them, last known %s',
                                      id, first, last, entries, last_entry_id)
                          FROM accounts
                         WHERE first <> 1 OR last <> entries OR last <> last_entry_id
                        UNION ALL
                        SELECT format('%s: balance after entry %s is %s, expected %s',
                                      account_id, id, balance_after, expected)
                          FROM chain WHERE balance_after <> expected
                        UNION ALL
                        SELECT format('%s: hold %s captured %s, its entry took %s',
                                      hold.account_id, hold.id, captured, -entry.amount)
                          FROM credit_hold hold
                          LEFT JOIN credit_entry entry ON entry.account_id = hold.account_id
                           AND entry.id = hold.entry_id
                         WHERE hold.status = 'captured' AND captured IS DISTINCT FROM -entry.amount
                        UNION ALL
                        SELECT format('%s: %s holds were captured by entry %s',
                                      account_id, count(*), entry_id)
                          FROM credit_hold WHERE entry_id IS NOT NULL
                         GROUP BY account_id, entry_id HAVING count(*) > 1
                        UNION ALL
                        SELECT format('%s: entry %s let %s in, its grants %s',
                                      entry.account_id, entry.id, entry.amount,
                                      coalesce(sum(credit_grant.amount), 0))
                          FROM credit_entry entry
                          LEFT JOIN credit_grant ON credit_grant.account_id = entry.account_id
                           AND credit_grant.entry_id = entry.id
                         WHERE entry.type IN ('grant', 'subscription', 'purchase', 'refund')
                         GROUP BY entry.account_id, entry.id, entry.amount
                        HAVING entry.amount <> coalesce(sum(credit_grant.amount), 0)\
                        """)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
