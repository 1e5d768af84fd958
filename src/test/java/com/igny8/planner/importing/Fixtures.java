package com.igny8.planner.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads files and keeps what came out of them. */
final class Fixtures {
    static final int ROWS_MAX = 100_000;

    record Imported(ImportReport report, List<KeywordRow> rows) {
        KeywordRow row(String keyword) {
            return rows.stream()
                    .filter(row -> row.keyword().equals(keyword))
                    .findFirst()
                    .orElseThrow();
        }

        List<String> keywords() {
            return rows.stream().map(KeywordRow::keyword).toList();
        }
    }

    private Fixtures() {}

    static Path file(String name) {
        return Path.of("src/test/resources/keywords", name);
    }

    static Imported read(String name) {
        return read(file(name), ColumnMapping.automatic());
    }

    static Imported read(Path file, ColumnMapping mapping) {
        List<KeywordRow> rows = new ArrayList<>();
        ImportOutcome outcome = new KeywordImport(ROWS_MAX, mapping).read(file, rows::addAll);
        assertThat(outcome).isInstanceOf(ImportReport.class);
        return new Imported((ImportReport) outcome, rows);
    }

    static Imported readText(String text) {
        return onFile(
                text.getBytes(StandardCharsets.UTF_8),
                file -> read(file, ColumnMapping.automatic()));
    }

    static <T> T onFile(byte[] content, Function<Path, T> reading) {
        try {
            Path file = Files.createTempFile("keywords", ".csv");
            try {
                Files.write(file, content);
                return reading.apply(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
