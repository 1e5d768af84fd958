package com.igny8.tenancy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import java.sql.Connection;
import java.util.List;
import java.util.Set;

/** Reads from PostgreSQL's own catalogue whether every table stands behind the wall. */
final class TenantTables {
    /**
     * Tables that are nobody's or everybody's. Whoever adds one here says that no account's data is
     * in it.
     */
    private static final Set<String> PLATFORM_TABLES =
            Set.of(
                    "account",
                    "anonymous_request",
                    "app_user",
                    "bank_statement",
                    "bank_statement_line",
                    "credit_cost",
                    "credit_pack",
                    "document_number",
                    "email_change",
                    "email_verification",
                    "flyway_schema_history",
                    "industry",
                    "industry_sector",
                    "mail",
                    "password_reset",
                    "payment_option",
                    "plan",
                    "plan_version",
                    "provider_event",
                    "recovery_code",
                    "refresh_token",
                    "requested_letter",
                    "scheduled_tasks",
                    "second_factor",
                    "security_event",
                    "seller",
                    "sign_in_challenge",
                    "sign_in_failure",
                    "signing_key",
                    "tax_rate",
                    "web_session",
                    "webhook_event");

    private static final String TABLES =
            """
            WITH tables AS (
                SELECT class.oid, class.relname AS name, class.relkind AS kind,
                       class.relrowsecurity, class.relforcerowsecurity, class.relacl,
                       class.reloptions, pg_get_userbyid(class.relowner) AS owner,
                       EXISTS (SELECT FROM pg_attribute
                                WHERE attrelid = class.oid AND attname = 'account_id'
                                  AND NOT attisdropped) AS is_tenants
                  FROM pg_class class
                 WHERE class.relnamespace = 'public'::regnamespace
                   AND class.relkind IN ('r', 'p', 'f', 'v', 'm')),
            tenant AS (SELECT * FROM tables WHERE is_tenants AND kind IN ('r', 'p'))
            """;

    /** Each gives rows of one text: what is wrong with which table. */
    private static final List<String> CHECKS =
            List.of(
                    """
                    SELECT name || ': account_id may be null'
                      FROM tenant JOIN pg_attribute ON attrelid = oid AND attname = 'account_id'
                     WHERE NOT attnotnull
                    """,
                    """
                    SELECT name || ': account_id is not a uuid'
                      FROM tenant JOIN pg_attribute ON attrelid = oid AND attname = 'account_id'
                     WHERE atttypid <> 'uuid'::regtype
                    """,
                    """
                    SELECT tenant.name || ': primary key is not (account_id, id) or (account_id)'
                      FROM tenant
                      LEFT JOIN pg_constraint ON conrelid = tenant.oid AND contype = 'p'
                     -- A partitioned table has no rows of its own: each of its partitions is asked
                     WHERE kind <> 'p'
                       AND coalesce((SELECT array_agg(attname::text ORDER BY position)
                              FROM unnest(conkey) WITH ORDINALITY AS key (number, position)
                              JOIN pg_attribute
                                ON attrelid = tenant.oid AND attnum = key.number), '{}')
                           NOT IN ('{account_id,id}', '{account_id}')
                    """,
                    """
                    SELECT tables.name || ': foreign key to ' || target.name
                           || ' does not carry account_id'
                      FROM tables
                      JOIN pg_constraint ON conrelid = tables.oid AND contype = 'f'
                      JOIN tables target ON target.oid = confrelid
                     WHERE (target.is_tenants OR target.name = 'account')
                       AND NOT EXISTS (
                           SELECT FROM unnest(conkey, confkey) AS pair (here, there)
                             JOIN pg_attribute own
                               ON own.attrelid = conrelid AND own.attnum = here
                             JOIN pg_attribute other
                               ON other.attrelid = confrelid AND other.attnum = there
                            WHERE own.attname = 'account_id'
                              AND other.attname = CASE target.name
                                  WHEN 'account' THEN 'id' ELSE 'account_id' END)
                    """,
                    """
                    SELECT name || ': no foreign key ties account_id to an account'
                      FROM tenant
                     -- Entries and holds are written under the lock of the balance row, which has it
                     WHERE oid NOT IN (SELECT relid FROM pg_partition_tree('credit_entry'))
                       AND name <> 'credit_hold'
                       AND NOT EXISTS (
                           SELECT FROM pg_constraint
                             JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
                            WHERE conrelid = tenant.oid AND contype = 'f'
                              AND attname = 'account_id')
                    """,
                    """
                    SELECT name || ': row level security is not enabled' FROM tables
                     WHERE kind IN ('r', 'p') AND (is_tenants OR name = 'account')
                       AND NOT relrowsecurity
                    """,
                    """
                    SELECT name || ': row level security is not forced on the owner' FROM tables
                     WHERE kind IN ('r', 'p') AND (is_tenants OR name = 'account')
                       AND NOT relforcerowsecurity
                    """,
                    """
                    SELECT name || ': no policy holds igny8_app to its account' FROM tables
                     WHERE kind IN ('r', 'p') AND (is_tenants OR name = 'account')
                       AND NOT EXISTS (SELECT FROM pg_policies
                            WHERE schemaname = 'public' AND tablename = name
                              AND 'igny8_app' = ANY (roles) AND cmd = 'ALL')
                    """,
                    """
                    SELECT name || ': policy ' || policyname || ' shows more than one account'
                      FROM tables JOIN pg_policies ON schemaname = 'public' AND tablename = name
                     WHERE roles && '{igny8_app,public}'
                       AND qual IS DISTINCT FROM CASE name WHEN 'account'
                           THEN '(id = current_account_id())'
                           ELSE '(account_id = current_account_id())' END
                    """,
                    """
                    SELECT name || ': policy ' || policyname || ' takes more than one account'
                      FROM tables JOIN pg_policies ON schemaname = 'public' AND tablename = name
                     WHERE roles && '{igny8_app,public}'
                       AND with_check IS DISTINCT FROM CASE name WHEN 'account'
                           THEN '(id = current_account_id())'
                           ELSE '(account_id = current_account_id())' END
                    """,
                    """
                    SELECT name || ': policy ' || policyname || ' is for ' || roles::text
                      FROM tables JOIN pg_policies ON schemaname = 'public' AND tablename = name
                     WHERE roles NOT IN ('{igny8_app}', '{igny8_platform}')
                    """,
                    """
                    SELECT name || ': ' || CASE grantee WHEN 0 THEN 'PUBLIC'
                               ELSE pg_get_userbyid(grantee) END
                           || ' may ' || privilege_type
                      FROM tables, aclexplode(relacl)
                     WHERE grantee = 0
                        OR privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
                           AND pg_get_userbyid(grantee) IN ('igny8_app', 'igny8_platform')
                        OR pg_get_userbyid(grantee)
                           NOT IN (owner, 'igny8_app', 'igny8_platform')
                    """,
                    """
                    SELECT name || ': column ' || attname || ' has privileges of its own'
                      FROM tables JOIN pg_attribute ON attrelid = oid WHERE attacl IS NOT NULL
                    """,
                    """
                    SELECT name || ': owned by ' || owner FROM tables
                     WHERE owner <> 'igny8_migrator'
                    """,
                    """
                    SELECT name || ': a view runs as its owner, who sees all' FROM tables
                     WHERE kind = 'm' OR kind = 'v' AND NOT coalesce(
                           reloptions @> '{security_invoker=true}'
                           OR reloptions @> '{security_invoker=on}', false)
                    """,
                    """
                    SELECT proname || ': a function runs as its owner' FROM pg_proc
                     WHERE pronamespace = 'public'::regnamespace AND prosecdef
                       -- Only the owner can make tables: this one makes the ledger's next months,
                       -- takes nothing from its caller and shows nothing
                       AND NOT (proname = 'make_credit_entry_months' AND pronargs = 0
                                AND proconfig = '{"search_path=public, pg_temp"}'
                                AND NOT has_function_privilege('igny8_app', oid, 'EXECUTE'))
                       -- Numbers of invoices can only be taken, never set back: this one takes them
                       AND NOT (proname = 'take_document_number' AND pronargs = 2
                                AND proconfig = '{"search_path=public, pg_temp"}')
                    """);

    private TenantTables() {}

    /** Every violation, as {@code table: what is wrong}; none is what it must be. */
    static List<String> violations(Connection connection) {
        JdbcClient jdbc = jdbc(connection);
        List<String> violations =
                new java.util.ArrayList<>(
                        CHECKS.stream()
                                .flatMap(
                                        check ->
                                                jdbc
                                                        .sql(TABLES + check)
                                                        .query((row, number) -> row.getString(1))
                                                        .list()
                                                        .stream())
                                .toList());
        jdbc
                .sql(TABLES + "SELECT name FROM tables WHERE kind IN ('r', 'p') AND NOT is_tenants")
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .filter(table -> !PLATFORM_TABLES.contains(table))
                .forEach(table -> violations.add(table + ": has no account_id"));
        return violations;
    }

    /** The tables with {@code account_id}. */
    static List<String> names(Connection connection) {
        return jdbc(connection)
                .sql(TABLES + "SELECT name FROM tenant ORDER BY name")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static JdbcClient jdbc(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }
}
