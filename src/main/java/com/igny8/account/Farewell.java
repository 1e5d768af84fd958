package com.igny8.account;

import static java.util.stream.Collectors.joining;

import com.igny8.kernel.Batches;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes the names of people out of what is kept of an erased account, and erases the people. */
@Component
class Farewell {
    private static final int BATCH = 5_000;

    /** What of the log may tell of a person, and what stands there instead. */
    private static final Map<String, String> PERSONAL =
            Map.of("address", "NULL", "user_agent", "NULL", "details", "'{}'", "changes", "'{}'");

    /** What the books tell of a person. */
    private static final List<String> ANONYMISED =
            List.of(
                    "UPDATE invoice SET billing_snapshot = '{}' WHERE account_id = :account",
                    "UPDATE credit_note SET billing_snapshot = '{}' WHERE account_id = :account",
                    "UPDATE payment SET payer_name = NULL, proof_url = NULL"
                            + " WHERE account_id = :account",
                    "UPDATE payment_method SET details = '{}', customer_reference = NULL,"
                            + " method_reference = NULL, is_default = false,"
                            + " removed_at = coalesce(removed_at, now())"
                            + " WHERE account_id = :account",
                    "DELETE FROM provider_event WHERE concerned_account_id = :account",
                    "DELETE FROM webhook_event WHERE concerned_account_id = :account",
                    "DELETE FROM webhook_delivery WHERE concerned_account_id = :account");

    private final PlatformTransactions platform;

    Farewell(PlatformTransactions platform) {
        this.platform = platform;
    }

    /** Leaves what was done to what, and when. */
    void blankLog(AccountTables.Table log, UUID account) {
        List<String> columns = PERSONAL.keySet().stream().filter(log::has).sorted().toList();
        String blank =
                """
                UPDATE audit_entry SET %s WHERE account_id = :account
                   AND id IN (SELECT id FROM audit_entry
                               WHERE account_id = :account AND NOT (%s) LIMIT %d)
                """
                        .formatted(
                                columns.stream()
                                        .map(column -> column + " = " + PERSONAL.get(column))
                                        .collect(joining(", ")),
                                columns.stream()
                                        .map(
                                                column ->
                                                        "%s IS NOT DISTINCT FROM %s"
                                                                .formatted(
                                                                        column,
                                                                        PERSONAL.get(column)))
                                        .collect(joining(" AND ")),
                                BATCH);
        Batches.doAll(
                BATCH,
                () -> platform.write(jdbc -> jdbc.sql(blank).param("account", account).update()));
    }

    /** The last step, all at once: with it the account is erased. */
    void removePeople(UUID account) {
        platform.run(
                jdbc -> {
                    List<UUID> users =
                            jdbc.sql(
                                            """
                                            DELETE FROM member WHERE account_id = :account
                                            RETURNING user_id
                                            """)
                                    .param("account", account)
                                    .query((row, number) -> Columns.uuid(row, "user_id"))
                                    .list();
                    users.forEach(user -> eraseIfGone(jdbc, user));
                    anonymise(jdbc, account);
                });
    }

    /** Whoever sits in another account, or works for the operator, stays. */
    private static void eraseIfGone(JdbcClient jdbc, UUID user) {
        List<String> emails =
                jdbc.sql(
                                """
                                SELECT email FROM app_user
                                 WHERE id = :user AND NOT is_operator
                                   AND NOT EXISTS (SELECT FROM member WHERE user_id = :user)
                                   FOR UPDATE
                                """)
                        .param("user", user)
                        .query((row, number) -> row.getString(1))
                        .list();
        for (String email : emails) {
            jdbc.sql("DELETE FROM mail WHERE lower(recipient) = lower(:email)")
                    .param("email", email)
                    .update();
            tablesOfPeople(jdbc)
                    .forEach(
                            table ->
                                    jdbc.sql("DELETE FROM " + table + " WHERE user_id = :user")
                                            .param("user", user)
                                            .update());
            jdbc.sql(
                            """
                            UPDATE app_user SET email = 'erased-' || id || '@igny8.invalid',
                                   password_hash = '{erased}', first_name = '', last_name = '',
                                   email_verified_at = NULL, is_active = false
                             WHERE id = :user
                            """)
                    .param("user", user)
                    .update();
        }
    }

    /** What belongs to a person and to no account: sessions, links, second factors. */
    private static List<String> tablesOfPeople(JdbcClient jdbc) {
        return jdbc.sql(
                        """
                        SELECT relname FROM pg_class
                         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                           AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid
                                AND attname = 'user_id' AND NOT attisdropped)
                           AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid
                                AND attname = 'account_id' AND NOT attisdropped)
                         ORDER BY relname
                        """)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static void anonymise(JdbcClient jdbc, UUID account) {
        ANONYMISED.forEach(statement -> jdbc.sql(statement).param("account", account).update());
        jdbc.sql(
                        """
                        DELETE FROM mail USING account
                         WHERE account.id = :account AND lower(recipient) = lower(contact_email)
                           AND NOT EXISTS (SELECT FROM app_user
                                            WHERE lower(email) = lower(contact_email))
                        """)
                .param("account", account)
                .update();
        jdbc.sql(
                        """
                        UPDATE subscription SET status = 'canceled', canceled_at = now()
                         WHERE account_id = :account AND status <> 'canceled'
                        """)
                .param("account", account)
                .update();
        jdbc.sql(
                        """
                        UPDATE account SET name = 'Erased account', slug = 'erased-' || id,
                               contact_email = 'erased@igny8.invalid', deleted_by = NULL,
                               legal_name = NULL, address_line1 = NULL, address_line2 = NULL,
                               city = NULL, region = NULL, postal_code = NULL, country = NULL,
                               tax_id = NULL, erased_at = now()
                         WHERE id = :account
                        """)
                .param("account", account)
                .update();
    }
}
