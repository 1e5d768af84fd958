package com.igny8.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.testing.Product;
import com.igny8.testing.World;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.dao.DataAccessException;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The first wall: work that is bound to an account, and what goes past it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionTests {
    private final Product product = Product.running();
    private final TenantTransactions transactions = product.bean(TenantTransactions.class);
    private final PlatformTransactions platform = product.bean(PlatformTransactions.class);
    private World ada;
    private World bob;

    @BeforeAll
    void twoAccounts() {
        ada = World.populated(product);
        bob = World.populated(product);
    }

    @Test
    void aConnectionForgetsTheAccountWithTheTransaction() throws SQLException {
        for (int round = 0; round < 30; round++) {
            ada.inside(
                    () ->
                            transactions.read(
                                    sql -> sql.statement("SELECT 1").query().singleValue()));
        }
        assertNoConnectionIsBound();
    }

    /** Guard: what a node has locked that vanished, nobody else could have for hours. */
    @Test
    void theDatabaseEndsTransactionsOfWhoeverWentWithoutAWord() {
        String setting = "SHOW idle_in_transaction_session_timeout";
        String ofTenant =
                ada.inside(
                        () ->
                                transactions.read(
                                        sql ->
                                                sql.statement(setting)
                                                        .query(String.class)
                                                        .single()));
        String ofPlatform = platform.read(jdbc -> jdbc.sql(setting).query(String.class).single());
        assertThat(List.of(ofTenant, ofPlatform)).containsOnly("5min");
    }

    /** Each is tried, however many there are. */
    private void assertNoConnectionIsBound() throws SQLException {
        for (int look = 0; look < 30; look++) {
            try (Connection app = product.tenantConnection();
                    var answer =
                            app.createStatement().executeQuery("SELECT current_account_id()")) {
                answer.next();
                assertThat(answer.getObject(1)).isNull();
            }
        }
    }

    @Test
    void aQueryByItselfSeesItsOwnAccountAndLeavesNothingBehind() throws SQLException {
        String both =
                // With columns of unbounded size, which the driver does not send off in one go
                "SELECT * FROM account WHERE id IN ('%s', '%s') AND :account_id::text <> ''"
                        .formatted(ada.accountId(), bob.accountId());
        for (int round = 0; round < 30; round++) {
            for (World customer : List.of(ada, bob)) {
                List<UUID> seen =
                        customer.inside(
                                () ->
                                        transactions.query(
                                                sql ->
                                                        sql.statement(both)
                                                                .query(
                                                                        (row, number) ->
                                                                                Columns.uuid(
                                                                                        row, "id"))
                                                                .list()));
                assertThat(seen).containsExactly(customer.accountId());
            }
        }
        assertNoConnectionIsBound();
    }

    @Test
    void aQueryThatFailsLeavesNothingBehindEither() throws SQLException {
        assertThatThrownBy(
                        () ->
                                ada.inside(
                                        () ->
                                                transactions.query(
                                                        sql ->
                                                                sql.statement("SELECT 1 / 0")
                                                                        .query()
                                                                        .singleValue())))
                .isInstanceOf(DataAccessException.class);
        assertNoConnectionIsBound();
    }

    @Test
    void whatOnlyQueriesDoesNotWrite() {
        long members = product.count("member", ada.accountId());

        assertThatThrownBy(
                        () ->
                                ada.inside(
                                        () ->
                                                transactions.query(
                                                        sql ->
                                                                sql.statement(
                                                                                """
                                                                                DELETE FROM member
                                                                                 WHERE account_id =
                                                                                       :account_id
                                                                                RETURNING id
                                                                                """)
                                                                        .query(UUID.class)
                                                                        .list())))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("read-only transaction");

        assertThatThrownBy(
                        () ->
                                ada.inside(
                                        () ->
                                                transactions.query(
                                                        sql ->
                                                                sql.statement(
                                                                                "DELETE FROM member"
                                                                                        + " WHERE account_id"
                                                                                        + " = :account_id")
                                                                        .update())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(product.count("member", ada.accountId())).isEqualTo(members);
    }

    @Test
    void whatOnlyQueriesThePlatformDoesNotWriteEither() {
        String deletion =
                "DELETE FROM member WHERE account_id = '%s'::uuid".formatted(ada.accountId());
        long members = product.count("member", ada.accountId());

        assertThatThrownBy(
                        () ->
                                platform.query(
                                        jdbc ->
                                                jdbc.sql(deletion + " RETURNING id")
                                                        .query(UUID.class)
                                                        .list()))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("read-only transaction");

        assertThatThrownBy(() -> platform.query(jdbc -> jdbc.sql(deletion).update()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(product.count("member", ada.accountId())).isEqualTo(members);
    }

    @Test
    void aMessageWithinAPlatformTransactionIsTheAccountsAloneAndLeavesThePlatformAfterIt() {
        List<String> seen = new ArrayList<>();
        platform.run(
                jdbc -> {
                    ada.inside(
                            () -> {
                                transactions.send(
                                        message ->
                                                message.query(
                                                        "SELECT current_user || ' ' || name FROM account",
                                                        row -> seen.add(row.getString(1))));
                                return true;
                            });
                    seen.add(jdbc.sql("SELECT current_user").query(String.class).single());
                });

        assertThat(seen).containsExactly("igny8_app World", "igny8_platform");
    }

    @Test
    void aMessageReachesNoOtherAccountsRows() {
        long members = product.count("member", bob.accountId());

        platform.run(
                jdbc ->
                        ada.inside(
                                () -> {
                                    transactions.send(
                                            message ->
                                                    message.run(
                                                                    "DELETE FROM member WHERE account_id = :bob")
                                                            .param("bob", bob.accountId()));
                                    return true;
                                }));

        assertThat(product.count("member", bob.accountId())).isEqualTo(members).isPositive();
    }

    @Test
    void tenantWorkNeedsAnAccount() {
        assertThatThrownBy(() -> transactions.run(sql -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTransactionKeepsToItsAccount() {
        assertThatThrownBy(
                        () ->
                                ada.inside(
                                        () ->
                                                transactions.write(
                                                        sql ->
                                                                bob.inside(
                                                                        () ->
                                                                                transactions.write(
                                                                                        inner ->
                                                                                                1)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another account");
    }

    @Test
    void platformWritesDoNotHideInTenantWork() {
        assertThatThrownBy(
                        () ->
                                ada.inside(
                                        () -> transactions.write(sql -> platform.write(jdbc -> 1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tenantWorkInsidePlatformWorkStepsDownAndUpAgain() {
        String who =
                "SELECT current_user || ' ' || (SELECT count(*) FROM account WHERE id IN (%s))"
                        .formatted("'" + ada.accountId() + "', '" + bob.accountId() + "'");

        List<String> seen =
                platform.write(
                        jdbc ->
                                List.of(
                                        jdbc.sql(who).query(String.class).single(),
                                        ada.inside(() -> seenByTenant(who)),
                                        jdbc.sql(who).query(String.class).single()));

        assertThat(seen).containsExactly("igny8_platform 2", "igny8_app 1", "igny8_platform 2");
    }

    private String seenByTenant(String query) {
        return transactions.read(sql -> sql.statement(query).query(String.class).single());
    }
}
