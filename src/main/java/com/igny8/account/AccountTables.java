package com.igny8.account;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.igny8.tenancy.Columns;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The tables that hold what belongs to an account, as PostgreSQL's own catalogue tells: nobody who
 * adds one has to think of exporting and erasing it.
 */
record AccountTables(List<Table> tables, List<Reference> references) {
    AccountTables {
        tables = List.copyOf(tables);
        references = List.copyOf(references);
    }

    record Column(String table, String name, String type, boolean isNullable) {}

    record Table(String name, List<Column> columns) {
        Table {
            columns = List.copyOf(columns);
        }

        boolean has(String column) {
            return columns.stream().anyMatch(each -> each.name().equals(column));
        }

        /** The column that says whose a row is: the account's own row says it by its id. */
        String accountColumn() {
            return name.equals("account") ? "id" : "account_id";
        }
    }

    /**
     * A foreign key: columns of one table that name a row of another by its columns.
     *
     * @param isCascading {@code ON DELETE CASCADE}: what points at a row goes with it, even where
     *     its columns may be null
     */
    record Reference(
            String from,
            List<String> columns,
            String to,
            List<String> targets,
            boolean isCascading) {
        Reference {
            columns = List.copyOf(columns);
            targets = List.copyOf(targets);
        }
    }

    /**
     * @param sql makes a statement of a text
     */
    static AccountTables read(Function<String, StatementSpec> sql) {
        Map<String, List<Column>> byTable =
                sql
                        .apply(
                                """
                                SELECT relname, attname, format_type(atttypid, -1) AS type,
                                       NOT attnotnull AS is_nullable
                                  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
                                 WHERE relnamespace = 'public'::regnamespace
                                   AND relkind IN ('r', 'p') AND NOT relispartition
                                   AND attnum > 0 AND NOT attisdropped
                                   AND (relname = 'account' OR EXISTS (SELECT FROM pg_attribute own
                                        WHERE own.attrelid = pg_class.oid
                                          AND own.attname = 'account_id'
                                          AND NOT own.attisdropped))
                                 ORDER BY relname, attnum
                                """)
                        .query(
                                (row, number) ->
                                        new Column(
                                                row.getString("relname"),
                                                row.getString("attname"),
                                                row.getString("type"),
                                                row.getBoolean("is_nullable")))
                        .list()
                        .stream()
                        .collect(groupingBy(Column::table, LinkedHashMap::new, toList()));
        List<Table> tables = new ArrayList<>();
        byTable.forEach((name, columns) -> tables.add(new Table(name, columns)));
        return new AccountTables(tables, references(sql, byTable));
    }

    private static List<Reference> references(
            Function<String, StatementSpec> sql, Map<String, List<Column>> tables) {
        return sql
                .apply(
                        """
                        SELECT own.relname AS own, target.relname AS target,
                               confdeltype = 'c' AS is_cascading,
                               (SELECT array_agg(attname::text ORDER BY place)
                                  FROM unnest(conkey) WITH ORDINALITY AS key (number, place)
                                  JOIN pg_attribute ON attrelid = conrelid AND attnum = number)
                                   AS columns,
                               (SELECT array_agg(attname::text ORDER BY place)
                                  FROM unnest(confkey) WITH ORDINALITY AS key (number, place)
                                  JOIN pg_attribute ON attrelid = confrelid AND attnum = number)
                                   AS targets
                          FROM pg_constraint
                          JOIN pg_class own ON own.oid = conrelid
                          JOIN pg_class target ON target.oid = confrelid
                         WHERE contype = 'f' AND conparentid = 0 AND conrelid <> confrelid
                         ORDER BY own.relname, conname
                        """)
                .query(
                        (row, number) ->
                                new Reference(
                                        row.getString("own"),
                                        Columns.strings(row, "columns"),
                                        row.getString("target"),
                                        Columns.strings(row, "targets"),
                                        row.getBoolean("is_cascading")))
                .list()
                .stream()
                .filter(reference -> tables.containsKey(reference.from()))
                .filter(reference -> tables.containsKey(reference.to()))
                .toList();
    }

    Table table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
    }

    /** The tables in such an order that each comes after all that point at it. */
    List<Table> pointingFirst() {
        List<Table> ordered = new ArrayList<>();
        List<Table> waiting = new ArrayList<>(tables);
        while (!waiting.isEmpty()) {
            List<Table> free =
                    waiting.stream()
                            .filter(
                                    table ->
                                            references.stream()
                                                    .filter(each -> each.to().equals(table.name()))
                                                    .allMatch(each -> isIn(ordered, each.from())))
                            .toList();
            if (free.isEmpty()) {
                throw new IllegalStateException(
                        "Tables point at each other in a circle: " + waiting);
            }
            ordered.addAll(free);
            waiting.removeAll(free);
        }
        return ordered;
    }

    private static boolean isIn(List<Table> tables, String name) {
        return tables.stream().anyMatch(table -> table.name().equals(name));
    }
}
