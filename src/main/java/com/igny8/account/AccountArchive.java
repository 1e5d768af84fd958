package com.igny8.account;

import static java.util.stream.Collectors.joining;

import com.igny8.kernel.Csv;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes all that belongs to the bound account into a ZIP, row by row as the database hands them
 * out, all as of one moment, and with the rights of the account alone.
 */
@Component
class AccountArchive {
    private static final int ROWS_AT_ONCE = 500;

    private final TenantTransactions transactions;
    private final PlatformTransactions platform;
    private final JsonMapper json;
    private final Clock clock;

    AccountArchive(
            TenantTransactions transactions,
            PlatformTransactions platform,
            JsonMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.platform = platform;
        this.json = json;
        this.clock = clock;
    }

    /** Rows of a kind, each as a JSON object with these fields. */
    private interface Rows {
        void forEach(Consumer<String> work);
    }

    void write(Account account, OutputStream target) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(target, StandardCharsets.UTF_8)) {
            Writer text = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
            begin(zip, "README.txt");
            text.write(readme(account));
            end(zip, text);
            writePeople(account, zip, text);
            UUID[] staff = staff();
            transactions.snapshot(
                    sql -> {
                        sql.statement("SELECT set_config('TimeZone', 'UTC', true)")
                                .query()
                                .singleValue();
                        AccountTables.read(sql::statement)
                                .tables()
                                .forEach(table -> writeTable(sql, table, staff, zip, text));
                        return true;
                    });
        }
    }

    private String readme(Account account) {
        return """
        Data of the IGNY8 account "%s" (%s), exported on %s.

        Each kind of thing comes twice: as data/<kind>.json, a list of objects, and as
        data/<kind>.csv, for spreadsheets. people holds who has a seat in the account.

        Times are in UTC. Ids connect the kinds: site_id of a keyword is the id of a site.
        What was deleted and can still be restored is in it too, with deleted_at.
        In CSV files a text that begins like a formula has an apostrophe in front of it.
        Passwords, keys and other secrets are not in it; they are not kept readable.
        """
                .formatted(account.name(), account.slug(), clock.instant());
    }

    /** Names and addresses are the platform's, which has people sit in several accounts. */
    private void writePeople(Account account, ZipOutputStream zip, Writer text) {
        write(
                zip,
                text,
                "people",
                List.of("user_id", "email", "first_name", "last_name", "role"),
                work ->
                        platform.read(
                                jdbc -> {
                                    jdbc.sql(
                                                    """
                                                    SELECT json_build_object('user_id', user_id,
                                                        'email', email, 'first_name', first_name,
                                                        'last_name', last_name, 'role', role)::text
                                                      FROM member
                                                      JOIN app_user ON app_user.id = user_id
                                                     WHERE account_id = :account
                                                     ORDER BY member.created_at, member.id
                                                    """)
                                            .param("account", account.id())
                                            .query(String.class)
                                            .list()
                                            .forEach(work);
                                    return true;
                                }));
    }

    private UUID[] staff() {
        return platform.read(
                jdbc ->
                        jdbc.sql("SELECT id FROM app_user WHERE is_operator")
                                .query(UUID.class)
                                .list()
                                .toArray(UUID[]::new));
    }

    private void writeTable(
            AccountSql sql,
            AccountTables.Table table,
            UUID[] staff,
            ZipOutputStream zip,
            Writer text) {
        List<String> columns = ExportedColumns.of(table);
        if (!columns.isEmpty()) {
            write(
                    zip,
                    text,
                    table.name(),
                    columns,
                    work ->
                            rows(sql, table, columns)
                                    .param("staff", staff)
                                    .withFetchSize(ROWS_AT_ONCE)
                                    .query(
                                            (RowCallbackHandler)
                                                    row -> work.accept(row.getString(1))));
        }
    }

    /** Names from the catalogue, of tables and columns that migrations made: nothing to quote. */
    private static StatementSpec rows(
            AccountSql sql, AccountTables.Table table, List<String> columns) {
        return sql.statement(
                "SELECT row_to_json(exported)::text FROM (SELECT "
                        + columns.stream()
                                .map(column -> ExportedColumns.sql(table, column))
                                .collect(joining(", "))
                        + " FROM "
                        + table.name()
                        + " WHERE "
                        + table.accountColumn()
                        + " = :account_id"
                        + (table.has("id") ? " ORDER BY id" : "")
                        + ") AS exported");
    }

    private void write(
            ZipOutputStream zip, Writer text, String name, List<String> columns, Rows rows) {
        try {
            begin(zip, "data/" + name + ".json");
            text.write('[');
            rows.forEach(new JsonRows(text));
            text.write("\n]\n");
            end(zip, text);
            begin(zip, "data/" + name + ".csv");
            text.write(Csv.row(columns));
            rows.forEach(row -> append(text, Csv.row(cells(json.readTree(row), columns))));
            end(zip, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class JsonRows implements Consumer<String> {
        private final Writer text;
        private boolean isFirst = true;

        JsonRows(Writer text) {
            this.text = text;
        }

        @Override
        public void accept(String row) {
            append(text, (isFirst ? "\n" : ",\n") + row);
            isFirst = false;
        }
    }

    private static List<String> cells(JsonNode row, List<String> columns) {
        return columns.stream().map(column -> cell(row.path(column))).toList();
    }

    private static String cell(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        return value.isString() ? Csv.text(value.asString()) : value.toString();
    }

    private static void append(Writer text, String more) {
        try {
            text.write(more);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
    }

    private static void end(ZipOutputStream zip, Writer text) throws IOException {
        text.flush();
        zip.closeEntry();
    }
}
