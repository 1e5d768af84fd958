package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PagedSelect;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Money that the bound account has with us, by currency: it pays the next invoices. */
@Component
public class CustomerBalance {
    private final TenantTransactions transactions;
    private final AccountClock clock;

    CustomerBalance(TenantTransactions transactions, AccountClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Why it came or went. */
    public enum Reason {
        OVERPAYMENT,
        CREDIT_NOTE,
        INVOICE,
        REFUND,
        ADJUSTMENT;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is there; zero where nothing ever was. */
    public Money of(String currency) {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT balance_minor FROM customer_balance
                                         WHERE account_id = :account_id AND id = :currency
                                        """)
                                .param("currency", currency)
                                .query(Long.class)
                                .optional()
                                .map(minor -> new Money(minor, currency))
                                .orElse(Money.zero(currency)));
    }

    /** Whatever there is, by currency. */
    public List<Money> all() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT id, balance_minor FROM customer_balance
                                         WHERE account_id = :account_id AND balance_minor > 0
                                         ORDER BY id
                                        """)
                                .query(
                                        (row, number) ->
                                                new Money(
                                                        row.getLong("balance_minor"),
                                                        row.getString("id")))
                                .list());
    }

    /** How it came to what it is. */
    public record Entry(
            Money amount,
            Money balanceAfter,
            String description,
            @Nullable UUID invoiceId,
            Instant createdAt) {}

    /** How all of it came and went, youngest first. */
    public Page<Entry> entries(PageRequest page) {
        var all =
                new PagedSelect(
                        "SELECT *",
                        " FROM customer_balance_entry WHERE account_id = :account_id",
                        "id DESC");
        return transactions.read(sql -> all.read(sql::statement, page, CustomerBalance::entry));
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        return new Entry(
                new Money(row.getLong("amount_minor"), currency),
                new Money(row.getLong("balance_after_minor"), currency),
                row.getString("description"),
                Columns.uuidOrNull(row, "invoice_id"),
                Columns.instant(row, "created_at"));
    }

    /** Adds money to it. */
    public void add(Money amount, Reason reason, @Nullable UUID invoiceId, String description) {
        transactions.run(sql -> move(sql, amount, reason, invoiceId, description));
    }

    /**
     * Takes as much of an amount as is there.
     *
     * @return what was taken
     */
    public Money take(Money atMost, Reason reason, @Nullable UUID invoiceId, String description) {
        return transactions.write(
                sql -> {
                    Money taken = locked(sql, atMost.currency()).min(atMost);
                    if (taken.isPositive()) {
                        move(sql, taken.negated(), reason, invoiceId, description);
                    }
                    return taken;
                });
    }

    /** What is there, which nobody else takes until the transaction ends. */
    Money locked(AccountSql sql, String currency) {
        return sql.statement(
                        """
                        SELECT balance_minor FROM customer_balance
                         WHERE account_id = :account_id AND id = :currency FOR UPDATE
                        """)
                .param("currency", currency)
                .query(Long.class)
                .optional()
                .map(minor -> new Money(minor, currency))
                .orElse(Money.zero(currency));
    }

    /** Takes what an invoice that is being issued was paid by. */
    void payFor(AccountSql sql, Invoice issued) {
        if (issued.paid().isPositive()) {
            move(
                    sql,
                    issued.paid().negated(),
                    Reason.INVOICE,
                    issued.id(),
                    "Paid " + issued.number());
        }
    }

    private void move(
            AccountSql sql,
            Money amount,
            Reason reason,
            @Nullable UUID invoiceId,
            String description) {
        sql.statement(
                        """
                        WITH moved AS (
                            INSERT INTO customer_balance AS own (account_id, id, balance_minor)
                            VALUES (:account_id, :currency, greatest(:amount, 0))
                            ON CONFLICT (account_id, id)
                               DO UPDATE SET balance_minor = own.balance_minor + :amount
                            RETURNING balance_minor
                        )
                        INSERT INTO customer_balance_entry (account_id, currency, amount_minor,
                            balance_after_minor, reason, invoice_id, description, created_at)
                        SELECT :account_id, :currency, :amount, balance_minor, :reason, :invoice,
                               :description, :now
                          FROM moved
                        """)
                .param("currency", amount.currency())
                .param("amount", amount.minor())
                .param("reason", reason.key())
                .param("invoice", invoiceId)
                .param("description", description)
                .param("now", Columns.timestamp(clock.now()))
                .update();
    }
}
