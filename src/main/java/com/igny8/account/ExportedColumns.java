package com.igny8.account;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a table goes into an export: all of it but what is secret. Whatever is stored as bytes is
 * a hash, sealed or a file; whatever is called like a secret is taken for one.
 */
final class ExportedColumns {
    /** Answers kept for retries: sealed copies of what is exported anyway. */
    private static final Set<String> LEFT_OUT = Set.of("idempotent_request");

    private static final Pattern SECRET =
            Pattern.compile("hash|secret|token|password|sealed|credential|private|cipher|salt");

    /** Called like secrets, but numbers of an AI call. */
    private static final Set<String> HARMLESS = Set.of("input_tokens", "output_tokens");

    /** Which of the staff did something, and from where, is not for customers. */
    private static final Set<String> OF_STAFF = Set.of("actor_id", "address", "user_agent");

    private ExportedColumns() {}

    /** By name; empty where the table is not exported. */
    static List<String> of(AccountTables.Table table) {
        return LEFT_OUT.contains(table.name())
                ? List.of()
                : table.columns().stream()
                        .filter(column -> !isSecret(column))
                        .map(AccountTables.Column::name)
                        .toList();
    }

    /** As SQL that gives what is to be shown of a column; {@code :staff} are the operators' ids. */
    static String sql(AccountTables.Table table, String column) {
        return table.name().equals("audit_entry") && OF_STAFF.contains(column)
                ? "CASE WHEN actor_id = ANY (:staff) THEN NULL ELSE %1$s END AS %1$s"
                        .formatted(column)
                : column;
    }

    private static boolean isSecret(AccountTables.Column column) {
        return column.type().equals("bytea")
                || (SECRET.matcher(column.name()).find() && !HARMLESS.contains(column.name()));
    }
}
