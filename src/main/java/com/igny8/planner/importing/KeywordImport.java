package com.igny8.planner.importing;

import com.igny8.planner.importing.UnreadableFile.Reason;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a file of keywords: CSV, TSV, semicolons or pipes in UTF-8 or UTF-16, a plain list, or
 * XLSX.
 *
 * <p>The file streams; what is kept is the different keywords, about 300 bytes each without result
 * addresses, because the last row may still add to the first. Nothing is handed on unless the whole
 * file could be read. A file that cannot be read at all throws {@link UnreadableFile}.
 */
public final class KeywordImport {
    /** How many errors a report spells out; it counts them all. */
    public static final int INVALID_SHOWN_MAX = 200;

    /** How many keywords a report shows. */
    private static final int SAMPLES = 5;

    /** How many keywords a batch has at most. */
    public static final int BATCH_ROWS = 1_000;

    private final int rowsMax;
    private final ColumnMapping mapping;

    /**
     * @param rowsMax lines of data a file may have
     * @param mapping what a person said of the columns
     */
    public KeywordImport(int rowsMax, ColumnMapping mapping) {
        if (rowsMax < 1) {
            throw new IllegalArgumentException("rowsMax must be at least 1");
        }
        this.rowsMax = rowsMax;
        this.mapping = mapping;
    }

    /** What an import would come to. */
    public ImportOutcome preview(Path file) {
        return read(file, keywords -> {});
    }

    /** Hands on all valid keywords in the order of the file, in batches. */
    public ImportOutcome read(Path file, Consumer<List<KeywordRow>> batches) {
        try (Table table = Table.open(file, mapping)) {
            if (!table.hasKeywords()) {
                return table.mappingNeeded();
            }
            Collected collected = collect(table);
            collected.handOn(batches);
            return collected.report(table.columnNames());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Collected collect(Table table) {
        Collected collected = new Collected();
        RowReader reader = table.rowReader();
        for (Line line = table.next(); line != null; line = table.next()) {
            if (collected.rows == rowsMax) {
                throw new UnreadableFile(
                        Reason.TOO_MANY_ROWS,
                        "The file has more than %,d rows; split it.".formatted(rowsMax));
            }
            collected.add(reader.read(line));
        }
        if (collected.rows == 0) {
            throw Table.noRows();
        }
        return collected;
    }

    private static final class Collected {
        private final Map<KeywordRow.Identity, KeywordRow> keywords = new LinkedHashMap<>();
        private final List<InvalidRow> invalid = new ArrayList<>();
        private int rows;
        private int duplicates;
        private int invalidRows;
        private int errors;

        void add(RowOutcome outcome) {
            rows++;
            switch (outcome) {
                case RowOutcome.Valid(KeywordRow row) -> merge(row);
                case RowOutcome.Invalid(List<InvalidRow> found) -> note(found);
            }
        }

        /** The first row stands; later ones only add what it does not know. */
        private void merge(KeywordRow row) {
            KeywordRow merged = keywords.merge(row.identity(), row, KeywordRow::filledFrom);
            if (merged.row() != row.row()) {
                duplicates++;
            }
        }

        private void note(List<InvalidRow> found) {
            invalidRows++;
            errors += found.size();
            found.stream().limit(INVALID_SHOWN_MAX - invalid.size()).forEach(invalid::add);
        }

        void handOn(Consumer<List<KeywordRow>> batches) {
            List<KeywordRow> batch = new ArrayList<>(BATCH_ROWS);
            for (KeywordRow keyword : keywords.values()) {
                batch.add(keyword);
                if (batch.size() == BATCH_ROWS) {
                    batches.accept(List.copyOf(batch));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                batches.accept(List.copyOf(batch));
            }
        }

        ImportReport report(Map<Field, String> columns) {
            return new ImportReport(
                    rows,
                    keywords.size(),
                    duplicates,
                    invalidRows,
                    errors,
                    invalid,
                    columns,
                    keywords.values().stream().limit(SAMPLES).toList());
        }
    }
}
