package com.igny8.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

class CatalogueTests {
    private final Product product = Product.running();

    @Test
    void everyTableStandsBehindTheWall() throws SQLException {
        try (Connection connection = product.superuser().getConnection()) {
            assertThat(TenantTables.names(connection)).contains("member", "credit_entry", "site");
            assertThat(TenantTables.violations(connection)).isEmpty();
        }
    }

    @Test
    void aTableThatMissesAnythingIsNamedWithAllItMisses() throws SQLException {
        List<String> violations =
                violationsAfter(
                        """
                        CREATE TABLE bad (id uuid PRIMARY KEY, account_id uuid, site_id uuid);
                        ALTER TABLE site ADD UNIQUE (id);
                        ALTER TABLE bad ADD FOREIGN KEY (site_id) REFERENCES site (id);
                        GRANT SELECT ON bad TO PUBLIC;
                        GRANT SELECT, TRUNCATE ON bad TO igny8_app;
                        """);

        assertThat(violations)
                .containsExactlyInAnyOrder(
                        "bad: account_id may be null",
                        "bad: primary key is not (account_id, id) or (account_id)",
                        "bad: foreign key to site does not carry account_id",
                        "bad: no foreign key ties account_id to an account",
                        "bad: row level security is not enabled",
                        "bad: row level security is not forced on the owner",
                        "bad: no policy holds igny8_app to its account",
                        "bad: PUBLIC may SELECT",
                        "bad: igny8_app may TRUNCATE",
                        "bad: owned by postgres");
    }

    @Test
    void policiesThatLetTooMuchThroughAreNamed() throws SQLException {
        List<String> violations =
                violationsAfter(
                        """
                        SET ROLE igny8_migrator;
                        CREATE TABLE bad (account_id uuid NOT NULL REFERENCES account (id), id uuid,
                            PRIMARY KEY (account_id, id));
                        ALTER TABLE bad ENABLE ROW LEVEL SECURITY;
                        ALTER TABLE bad FORCE ROW LEVEL SECURITY;
                        CREATE POLICY tenant ON bad TO igny8_app
                            USING (account_id = current_account_id()) WITH CHECK (true);
                        CREATE POLICY open ON bad USING (true)
                            WITH CHECK (account_id = current_account_id());
                        CREATE VIEW peep AS SELECT * FROM site;
                        CREATE TABLE forgotten (id uuid PRIMARY KEY);
                        CREATE FUNCTION sneak() RETURNS bigint LANGUAGE sql SECURITY DEFINER
                            RETURN (SELECT count(*) FROM site);
                        ALTER POLICY tenant ON account USING (true);
                        ALTER TABLE member NO FORCE ROW LEVEL SECURITY;
                        RESET ROLE;
                        """);

        assertThat(violations)
                .containsExactlyInAnyOrder(
                        "bad: policy tenant takes more than one account",
                        "bad: policy open shows more than one account",
                        "bad: policy open is for {public}",
                        "peep: a view runs as its owner, who sees all",
                        "forgotten: has no account_id",
                        "sneak: a function runs as its owner",
                        "account: policy tenant shows more than one account",
                        "member: row level security is not forced on the owner");
    }

    /** What the checker says of the schema with these statements run, which are undone then. */
    private List<String> violationsAfter(String statements) throws SQLException {
        try (Connection connection = product.superuser().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '10s'");
                statement.execute(statements);
                return TenantTables.violations(connection);
            } finally {
                connection.rollback();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"igny8_app", "igny8_platform"})
    void theProductConnectsAsOrdinaryRoles(String role) {
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT rolsuper OR rolbypassrls OR rolcreaterole
                                               OR rolcreatedb OR rolreplication
                                               OR EXISTS (SELECT FROM pg_class
                                                           WHERE relowner = pg_roles.oid)
                                               OR has_schema_privilege(oid, 'public', 'CREATE')
                                          FROM pg_roles WHERE rolname = ?
                                        """)
                                .param(role)
                                .query(Boolean.class)
                                .single())
                .isFalse();
    }

    @Test
    void theAppRoleIsAMemberOfNothingAndThePlatformMayOnlyStepDown() {
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT member::regrole || ' in ' || roleid::regrole
                                               || CASE WHEN inherit_option THEN ', inherits' ELSE ''
                                                  END
                                          FROM pg_auth_members
                                         WHERE member::regrole::text
                                               IN ('igny8_app', 'igny8_platform')
                                        """)
                                .query(String.class)
                                .list())
                .containsExactly("igny8_platform in igny8_app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anonymous_request",
                "app_user",
                "email_verification",
                "flyway_schema_history",
                "refresh_token",
                "scheduled_tasks",
                "security_event",
                "signing_key",
                "web_session"
            })
    void theAppRoleHasNoRightsOnWhatIsThePlatforms(String table) {
        assertThat(privileges("igny8_app", table)).isEmpty();
    }

    @Test
    void theAppRoleMayPostLettersButNotReadThem() {
        assertThat(privileges("igny8_app", "mail")).containsExactly("INSERT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"igny8_app", "igny8_platform"})
    void nobodyMayChangeWhatIsWrittenDown(String role) {
        assertThat(privileges(role, "credit_entry")).containsExactly("INSERT", "SELECT");
        assertThat(privileges(role, "flyway_schema_history")).isEmpty();
    }

    /** What is personal in it is emptied when its account is erased; a trigger refuses all else. */
    @Test
    void theLogIsAppendedTo() {
        assertThat(privileges("igny8_app", "audit_entry")).containsExactly("INSERT", "SELECT");
        assertThat(privileges("igny8_platform", "audit_entry"))
                .containsExactly("INSERT", "SELECT", "UPDATE");
    }

    private List<String> privileges(String role, String table) {
        return product.sql()
                .sql(
                        """
                        SELECT privilege FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,
                               REFERENCES,TRIGGER}'::text[]) AS privilege
                         WHERE has_table_privilege(:role, :table, privilege) ORDER BY privilege
                        """)
                .param("role", role)
                .param("table", table)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
