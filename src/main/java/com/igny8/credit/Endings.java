package com.igny8.credit;

import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What of the bound account's credits comes to its end: for accounts with a test clock. */
@Component
public class Endings {
    private final TenantTransactions transactions;
    private final Bookkeeper bookkeeper;

    Endings(TenantTransactions transactions, Bookkeeper bookkeeper) {
        this.transactions = transactions;
        this.bookkeeper = bookkeeper;
    }

    /** When the next hold or grant ends; a grant on which everything is held ends with the hold. */
    public Optional<Instant> next() {
        return transactions.query(
                sql ->
                        sql.statement(
                                        """
                                        SELECT least(
                                            (SELECT min(expires_at) FROM credit_hold
                                              WHERE account_id = :account_id AND settled_at IS NULL),
                                            (SELECT min(expires_at) FROM credit_grant
                                               JOIN credit_balance USING (account_id)
                                              WHERE account_id = :account_id AND is_open
                                                AND balance > held)) AS ends
                                        """)
                                .query(
                                        (row, number) ->
                                                Optional.ofNullable(
                                                        Columns.instantOrNull(row, "ends")))
                                .single());
    }

    /** Lets go of what has had its time by now. */
    public void letEnd(Instant now) {
        transactions.run(
                sql -> {
                    Change.Maker product = Change.Maker.product(sql.accountId());
                    List<Change> changes = new ArrayList<>();
                    sql.statement(
                                    """
                                    SELECT id FROM credit_hold
                                     WHERE account_id = :account_id AND settled_at IS NULL
                                       AND expires_at <= :now
                                     ORDER BY expires_at
                                    """)
                            .param("now", Columns.timestamp(now))
                            .query(UUID.class)
                            .list()
                            .forEach(
                                    hold ->
                                            changes.add(
                                                    new Change.Release(product, hold, true, null)));
                    changes.add(new Change.Expiry(product));
                    bookkeeper.post(sql::message, changes);
                });
    }
}
