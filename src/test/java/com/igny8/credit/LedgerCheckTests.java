package com.igny8.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

class LedgerCheckTests {
    private final Product product = Product.running();

    @Test
    void findsNothingWhereEverythingAddsUp() {
        product.signUp();
        List<LedgerCheck.Break> breaks = new ArrayList<>();

        long accounts = product.bean(LedgerCheck.class).run(breaks::add);

        assertThat(breaks).isEmpty();
        assertThat(accounts)
                .isEqualTo(
                        product.sql()
                                .sql("SELECT count(*) FROM account")
                                .query(Long.class)
                                .single());
    }

    /** Each is done as somebody would who has the whole database, and undone again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE credit_balance SET balance = balance + 1 | its entries add up to 1990",
                "UPDATE credit_balance SET balance = balance + 1 | 1990 is left of its grants",
                "UPDATE credit_balance SET held = held - 5 | its open holds add up to 20",
                "UPDATE credit_balance SET last_entry_id = 9 | the last entry is 2, the balance row says 9",
                "UPDATE credit_grant SET remaining = remaining - 1 | 1989 is left of its grants",
                "UPDATE credit_hold SET amount = amount + 1 | its open holds add up to 21",
                "UPDATE credit_hold SET settled_at = now() | its open holds add up to 0",
                "UPDATE credit_entry SET amount = -11 WHERE id = 2 | (deduction, -11) leaves 1990, before it were 2000",
                "UPDATE credit_entry SET balance_after = 1991 WHERE id = 2 | leaves 1991, before it were 2000",
                "UPDATE credit_entry SET id = 3 WHERE id = 2 | entry 3 of",
                "DELETE FROM credit_entry WHERE id = 1 | comes after entry 0",
                "DELETE FROM credit_grant | entry 1 let 2000 in, its grants 0",
                "UPDATE credit_hold SET settled_at = now(), captured = 4, entry_id = 2 | captured 4, its entry 2 took",
                "UPDATE credit_hold SET settled_at = now(), captured = 4 | captured 4, its entry 0 took 0",
                "UPDATE credit_entry SET idempotency_key = 'k', created_at = created_at + (id - 1) * interval '34 days' | the key k stands for entries 1 and 2",
            })
    void namesWhatDoesNotAddUp(String damage, String told) throws SQLException {
        Customer customer = product.signUp();
        customer.inside(() -> product.bean(Ledger.class).deduct(10, "t", "t", "t"));
        customer.inside(() -> product.bean(Ledger.class).hold(20, "t", "t", Duration.ofHours(1)));
        try (Connection connection = product.superuser().getConnection()) {
            connection.setAutoCommit(false);
            JdbcClient sql = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            sql.sql("SET LOCAL session_replication_role = replica").update();
            String where =
                    (damage.contains("WHERE") ? " AND" : " WHERE")
                            + " account_id = '"
                            + customer.accountId()
                            + "'";
            sql.sql(damage + where).update();

            List<LedgerCheck.Break> breaks = LedgerCheck.all(sql);

            assertThat(breaks)
                    .extracting(LedgerCheck.Break::accountId)
                    .containsOnly(customer.accountId());
            assertThat(breaks)
                    .extracting(LedgerCheck.Break::what)
                    .anySatisfy(what -> assertThat(what).contains(told));
            connection.rollback();
        }
    }

    @Test
    void theCommandSaysItInItsExitCode() throws Exception {
        UUID account = product.signUp().accountId();
        assertThat(run()).isZero();
        try {
            product.sql()
                    .sql("UPDATE credit_grant SET remaining = remaining - 1 WHERE account_id = ?")
                    .param(account)
                    .update();
            assertThat(run()).isOne();
        } finally {
            product.sql()
                    .sql("UPDATE credit_grant SET remaining = remaining + 1 WHERE account_id = ?")
                    .param(account)
                    .update();
        }
    }

    /** Over the database of the product that runs, as an operator would with one of their own. */
    private int run() {
        List<String> arguments = new ArrayList<>(product.databaseArguments());
        arguments.add("--igny8.data-dir=" + Product.freshDirectory());
        return LedgerCheckCommand.run(arguments.toArray(String[]::new));
    }
}
