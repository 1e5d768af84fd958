package com.igny8.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.testing.Product;
import com.igny8.testing.World;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The second wall alone: what the database lets the application's role see and do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTests {
    private static final String REFUSED = "42501";

    private final Product product = Product.running();
    private World ada;
    private World bob;

    @BeforeAll
    void twoAccountsWithSomethingIn() {
        ada = World.populated(product);
        bob = World.populated(product);
    }

    Stream<String> tenantTables() throws SQLException {
        try (Connection connection = product.superuser().getConnection()) {
            return TenantTables.names(connection).stream();
        }
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void withNoAccountBoundNothingIsSeen(String table) throws SQLException {
        try (Connection app = product.tenantConnection()) {
            assertThat(number(app, "SELECT count(*) FROM " + table)).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void withNoAccountBoundNothingIsWritten(String table) throws SQLException {
        String before = fingerprint(table);
        try (Connection app = product.tenantConnection()) {
            assertRefused(app, insert(table, ada.accountId()));
            assertRefused(app, "INSERT INTO " + table + " (account_id) VALUES (NULL)");
            assertChangesNothing(app, "UPDATE " + table + " SET account_id = account_id");
            assertChangesNothing(app, "DELETE FROM " + table);
        }
        assertThat(fingerprint(table)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void withAnAccountBoundNoOtherIsSeen(String table) throws SQLException {
        try (Connection app = product.tenantConnection()) {
            app.setAutoCommit(false);
            bind(app, ada.accountId());
            String others = " FROM " + table + " WHERE account_id <> '" + ada.accountId() + "'";
            assertThat(number(app, "SELECT count(*)" + others)).isZero();
            assertThat(number(app, "SELECT count(*) FROM " + table))
                    .isEqualTo(product.count(table, ada.accountId()));
            app.rollback();
        }
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void withAnAccountBoundNoOtherIsWritten(String table) throws SQLException {
        String before = fingerprint(table);
        try (Connection app = product.tenantConnection()) {
            app.setAutoCommit(false);
            String bobs = " WHERE account_id = '" + bob.accountId() + "'";
            for (String statement :
                    List.of(
                            insert(table, bob.accountId()),
                            "UPDATE " + table + " SET account_id = account_id" + bobs,
                            "DELETE FROM " + table + bobs)) {
                bind(app, ada.accountId());
                assertChangesNothing(app, statement);
                app.rollback();
            }
            app.setAutoCommit(true);
        }
        assertThat(fingerprint(table)).isEqualTo(before);
    }

    /** Without the months of the ledger: what is in it is in one of them. */
    Stream<String> wholeTables() throws SQLException {
        List<String> parts =
                product.sql()
                        .sql("SELECT oid::regclass::text FROM pg_class WHERE relispartition")
                        .query((row, number) -> row.getString(1))
                        .list();
        return tenantTables().filter(table -> !parts.contains(table));
    }

    @ParameterizedTest
    @MethodSource("wholeTables")
    void thereIsSomethingInEachTableOrTheOthersWouldProveNothing(String table) {
        assertThat(product.count(table, bob.accountId()))
                .as("testing.World must put a row into " + table)
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("tenantTables")
    void ownRowsCannotBeHandedToAnotherAccount(String table) throws SQLException {
        try (Connection app = product.tenantConnection()) {
            app.setAutoCommit(false);
            bind(app, ada.accountId());
            assertRefused(app, "UPDATE %s SET account_id = '%s'".formatted(table, bob.accountId()));
            app.rollback();
            app.setAutoCommit(true);
        }
    }

    @Test
    void theAccountItselfIsSeenByItsOwnOnly() throws SQLException {
        try (Connection app = product.tenantConnection()) {
            assertThat(number(app, "SELECT count(*) FROM account")).isZero();
            assertChangesNothing(app, "UPDATE account SET name = 'x'");
            assertRefused(
                    app,
                    "INSERT INTO account (name, slug, status, contact_email)"
                            + " VALUES ('x', 'x', 'active', 'x@example.com')");
            app.setAutoCommit(false);
            bind(app, ada.accountId());
            assertThat(number(app, "SELECT count(*) FROM account")).isOne();
            assertChangesNothing(
                    app, "UPDATE account SET name = 'x' WHERE id = '" + bob.accountId() + "'");
            assertRefused(app, "UPDATE account SET id = '" + bob.accountId() + "'");
            app.rollback();
            app.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET ROLE igny8_platform",
                "SET ROLE igny8_migrator",
                "SET ROLE postgres",
                "SET SESSION AUTHORIZATION igny8_platform",
                "SET row_security = off; SELECT * FROM site",
                "ALTER TABLE site DISABLE ROW LEVEL SECURITY",
                "DROP POLICY tenant ON site",
                "GRANT SELECT ON app_user TO igny8_app",
                "CREATE TABLE mine (id int)",
                "SELECT protect_tenant_table('site', 'ALL')",
                "SELECT password_hash FROM app_user",
                "SELECT * FROM refresh_token",
                "SELECT * FROM signing_key",
                "SELECT body FROM mail",
                "UPDATE plan_version SET included_credits = 1000000",
                "UPDATE plan SET is_active = true",
                "UPDATE credit_cost SET credits = 0",
                "SELECT pg_read_file('/etc/passwd')",
                "COPY site TO PROGRAM 'cat'",
            })
    void theAppRoleCannotClimbOverTheWall(String statements) throws SQLException {
        try (Connection app = product.tenantConnection()) {
            assertRefused(app, statements);
            try (Statement statement = app.createStatement()) {
                statement.execute("RESET ROLE; SET row_security = on");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"credit_entry", "audit_entry"})
    void whatIsWrittenDownCannotBeChangedByAnybodyWhoConnects(String table) throws SQLException {
        List<String> statements =
                List.of(
                        "UPDATE " + table + " SET created_at = now()",
                        "DELETE FROM " + table,
                        "TRUNCATE " + table + " CASCADE");
        String before = fingerprint(table);
        for (String statement : statements) {
            try (Connection app = product.tenantConnection();
                    Connection platform = product.platformConnection()) {
                assertRefused(app, statement);
                assertRefused(platform, statement);
                app.setAutoCommit(false);
                bind(app, ada.accountId());
                assertRefused(app, statement);
                app.rollback();
                app.setAutoCommit(true);
            }
        }
        assertThat(fingerprint(table)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE credit_entry SET amount = 1",
                "DELETE FROM credit_entry",
                "TRUNCATE credit_entry CASCADE"
            })
    void evenTheOwnerOfTheTablesCannotChangeTheLedgerUnawares(String statement)
            throws SQLException {
        try (Connection superuser = product.superuser().getConnection()) {
            assertRefused(superuser, statement);
        }
    }

    private static String insert(String table, UUID accountId) {
        return "INSERT INTO " + table + " (account_id) VALUES ('" + accountId + "')";
    }

    private static void bind(Connection connection, UUID accountId) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('app.account_id', '" + accountId + "', true)");
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                var answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    /** Refused for want of a privilege or by a policy: not for any other fault of the statement. */
    private static void assertRefused(Connection connection, String statements) {
        assertThatThrownBy(
                        () -> {
                            try (Statement statement = connection.createStatement()) {
                                statement.execute(statements);
                            }
                        })
                .as(statements)
                .isInstanceOfSatisfying(
                        PSQLException.class,
                        refusal -> assertThat(refusal.getSQLState()).isEqualTo(REFUSED));
    }

    /** Refused, or finds no row to work on. */
    private static void assertChangesNothing(Connection connection, String sql)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as(sql).isZero();
        } catch (PSQLException refusal) {
            assertThat(refusal.getSQLState()).as(sql).isEqualTo(REFUSED);
        }
    }

    private String fingerprint(String table) {
        return product.sql()
                .sql(
                        "SELECT count(*) || ' ' || coalesce(md5(string_agg(row::text, '|'"
                                + " ORDER BY row::text)), '') FROM "
                                + table
                                + " row WHERE account_id IN (?, ?)")
                .params(ada.accountId(), bob.accountId())
                .query(String.class)
                .single();
    }
}
