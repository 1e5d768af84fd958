package com.igny8.bank.statement;

import com.igny8.bank.statement.StatementColumns.Column;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A statement as a table: comma, semicolon or tab separated, with headings. */
final class StatementTable {
    private static final int MAX_COLUMNS = 100;
    private static final int MAX_CELL = 10_000;
    private static final int MAX_RECORD = 100_000;

    private final String usualCurrency;
    private final List<StatementLine> lines = new ArrayList<>();
    private final List<StatementFault> faults = new ArrayList<>();
    private int outgoing;

    private StatementTable(String usualCurrency) {
        this.usualCurrency = usualCurrency;
    }

    static StatementRead read(String text, StatementColumns columns, String usualCurrency) {
        var table = new StatementTable(usualCurrency);
        StatementFormat format = table.readAll(text, columns);
        return new StatementRead(format, table.lines, table.outgoing, table.faults);
    }

    private StatementFormat readAll(String text, StatementColumns columns) {
        Map<Column, Integer> places = Map.of();
        List<String> headings = List.of();
        int row = 0;
        try (CsvReader<CsvRecord> records = records(text)) {
            for (CsvRecord record : records) {
                row++;
                if (row > StatementReader.MAX_ROWS) {
                    throw StatementReader.tooLong();
                }
                List<String> cells = record.getFields();
                if (headings.isEmpty()) {
                    headings = cells;
                    places = required(columns, headings);
                } else if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
                    take(row, cells, places);
                }
            }
        } catch (CsvParseException broken) {
            throw Problem.invalid(
                    "file",
                    "Row %,d cannot be read: a quote does not close, or the row is far too long"
                            .formatted(row + 1));
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        if (headings.isEmpty()) {
            throw Problem.invalid("file", "The file is empty");
        }
        return columns.format(headings);
    }

    private static CsvReader<CsvRecord> records(String text) {
        return CsvReader.builder()
                .fieldSeparator(separator(text))
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_RECORD)
                .build(
                        CsvRecordHandler.builder()
                                .maxFields(MAX_COLUMNS)
                                .maxFieldSize(MAX_CELL)
                                .maxRecordSize(MAX_RECORD)
                                .build(),
                        text);
    }

    /** Whichever the headings have most of. */
    private static char separator(String text) {
        String first = text.lines().findFirst().orElse("");
        char best = ';';
        for (char separator : new char[] {';', ',', '\t'}) {
            if (count(first, separator) > count(first, best)) {
                best = separator;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(character -> character == wanted).count();
    }

    private static Map<Column, Integer> required(StatementColumns columns, List<String> headings) {
        Map<Column, Integer> places = columns.places(headings);
        Column missing = StatementColumns.missing(places);
        if (missing != null) {
            throw Problem.invalid(
                            "mapping_required",
                            missing.key() + "_column",
                            "Say which column is the %s: no heading tells".formatted(missing.key()))
                    .with("columns", headings);
        }
        return places;
    }

    private void take(int row, List<String> cells, Map<Column, Integer> places) {
        Optional<LocalDate> date = StatementValues.date(cell(cells, places.get(Column.DATE)));
        String ownCurrency =
                cell(cells, places.get(Column.CURRENCY)).strip().toUpperCase(Locale.ROOT);
        String currency = ownCurrency.isEmpty() ? usualCurrency : ownCurrency;
        Optional<Money> amount =
                StatementValues.amount(cell(cells, places.get(Column.AMOUNT)), currency);
        if (date.isEmpty()) {
            faults.add(new StatementFault(row, "date", "This is no date"));
        } else if (!Money.isCurrency(currency)) {
            faults.add(new StatementFault(row, "currency", "This is no currency of ISO 4217"));
        } else if (amount.isEmpty()) {
            faults.add(new StatementFault(row, "amount", "This is no amount"));
        } else if (!amount.get().isPositive()) {
            outgoing++;
        } else {
            lines.add(
                    new StatementLine(
                            row,
                            date.get(),
                            amount.get(),
                            cell(cells, places.get(Column.PAYER)),
                            cell(cells, places.get(Column.PURPOSE))));
        }
    }

    private static String cell(List<String> cells, @Nullable Integer place) {
        return place == null || place >= cells.size() ? "" : cells.get(place);
    }
}
