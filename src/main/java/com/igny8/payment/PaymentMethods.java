package com.igny8.payment;

import com.igny8.account.AccountClock;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the bound account pays; no other place says so. */
@Component
public class PaymentMethods {
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private final TenantTransactions transactions;
    private final AccountClock clock;
    private final JsonMapper json;

    PaymentMethods(TenantTransactions transactions, AccountClock clock, JsonMapper json) {
        this.transactions = transactions;
        this.clock = clock;
        this.json = json;
    }

    /** The account is going to pay in this way, of which nothing more is known yet. */
    public void choose(PaymentType type) {
        transactions.run(
                sql -> {
                    dropDefault(sql);
                    sql.statement(
                                    """
                                    INSERT INTO payment_method (account_id, type, is_default,
                                        created_at)
                                    VALUES (:account_id, :type, true, :now)
                                    """)
                            .param("type", type.key())
                            .param("now", Columns.timestamp(clock.now()))
                            .update();
                });
    }

    private static void dropDefault(AccountSql sql) {
        sql.statement(
                        """
                        UPDATE payment_method SET is_default = false
                         WHERE account_id = :account_id AND is_default
                        """)
                .update();
    }

    /** How it pays unless told otherwise. */
    public Optional<PaymentMethod> byDefault() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM payment_method
                                         WHERE account_id = :account_id AND is_default
                                        """)
                                .query(this::method)
                                .optional());
    }

    /** All that there are, the default first. */
    public List<PaymentMethod> all() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT * FROM payment_method
                                         WHERE account_id = :account_id AND removed_at IS NULL
                                         ORDER BY is_default DESC, created_at DESC
                                        """)
                                .query(this::method)
                                .list());
    }

    private PaymentMethod method(ResultSet row, int number) throws SQLException {
        return new PaymentMethod(
                Columns.uuid(row, "id"),
                PaymentType.of(row.getString("type")),
                row.getBoolean("is_default"),
                row.getString("customer_reference"),
                row.getString("method_reference"),
                json.readValue(row.getString("details"), DETAILS),
                Columns.instant(row, "created_at"));
    }
}
