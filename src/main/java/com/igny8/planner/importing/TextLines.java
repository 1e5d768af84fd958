package com.igny8.planner.importing;

import com.igny8.planner.importing.UnreadableFile.Reason;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CSV, TSV and plain lists, quoted as RFC 4180 says. */
final class TextLines implements Lines {
    private static final int LINE_CHARS_MAX = 4 * CELL_CHARS_MAX;

    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private int number;

    private TextLines(CsvReader<CsvRecord> reader) {
        this.reader = reader;
        records = reader.iterator();
    }

    static TextLines open(Path file, FileContent.Text text) throws IOException {
        char delimiter = Delimiter.of(text.sample());
        StrictReader characters =
                new StrictReader(Files.newInputStream(file), text.charset(), text.markBytes());
        return new TextLines(builder(delimiter).build(handler(), characters));
    }

    static CsvReader<CsvRecord> records(String sample, char delimiter) {
        return builder(delimiter).build(handler(), sample);
    }

    /** Blank lines are kept, so that line numbers are those that a spreadsheet shows. */
    private static CsvReaderBuilder builder(char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(LINE_CHARS_MAX);
    }

    private static CsvRecordHandler handler() {
        return CsvRecordHandler.builder()
                .maxFields(COLUMNS_MAX)
                .maxFieldSize(CELL_CHARS_MAX)
                .maxRecordSize(LINE_CHARS_MAX)
                .build();
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (CsvParseException fault) {
            throw translated(fault);
        }
    }

    @Override
    public Line next() {
        try {
            return new Line(++number, records.next().getFields());
        } catch (CsvParseException fault) {
            throw translated(fault);
        }
    }

    private RuntimeException translated(CsvParseException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableFile unreadable) {
                return unreadable;
            }
            if (cause instanceof IOException broken) {
                return new UncheckedIOException(broken);
            }
        }
        return new UnreadableFile(
                Reason.MALFORMED_FILE,
                "Row %,d cannot be read: a quote does not close where its cell ends, or the row is far too long."
                        .formatted(number + 1));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
