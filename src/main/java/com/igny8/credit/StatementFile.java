package com.igny8.credit;

import com.igny8.http.CsvDownload;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.UUID;

/** The statement as a file, sent while it is read. */
final class StatementFile {
    private StatementFile() {}

    static void write(Statements statements, Statements.Filter filter, HttpServletResponse response)
            throws IOException {
        filter.requireGood(); // Once the file has begun, nothing can be refused any more
        try (CsvDownload csv =
                new CsvDownload(
                        response,
                        "credits.csv",
                        "entry",
                        "time",
                        "type",
                        "amount",
                        "balance_after",
                        "operation",
                        "reference",
                        "description",
                        "site",
                        "user")) {
            statements.each(filter, entry -> line(csv, entry));
        }
    }

    private static void line(CsvDownload csv, Entry entry) {
        csv.line(
                Long.toString(entry.id()),
                entry.createdAt().toString(),
                entry.type().key(),
                Long.toString(entry.amount()),
                Long.toString(entry.balanceAfter()),
                entry.operation(),
                entry.reference(),
                entry.description(),
                text(entry.siteId()),
                text(entry.userId()));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
