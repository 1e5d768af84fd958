package com.igny8.planner.importing;

import com.igny8.planner.importing.UnreadableFile.Reason;
import com.igny8.planner.importing.WrittenNumber.DecimalMark;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A file with its header understood; holds the first lines only and streams the rest. */
final class Table implements Closeable {
    private static final int HEAD_LINES_MAX = 100;
    private static final int SAMPLES_MAX = 3;

    private final Lines lines;
    private final Deque<Line> head;
    private final Header header;
    private final Map<Field, Integer> columns;
    private final DecimalMark mark;

    private Table(Lines lines, Deque<Line> head, ColumnMapping mapping) {
        this.lines = lines;
        this.head = head;
        header = Header.of(List.copyOf(head), mapping);
        columns = header.columns(mapping);
        head.removeIf(line -> line.number() <= header.lineNumber() || line.isBlank());
        mark = mark();
    }

    static Table open(Path file, ColumnMapping mapping) throws IOException {
        Lines lines = Lines.open(file);
        try {
            Deque<Line> head = new ArrayDeque<>();
            while (head.size() < HEAD_LINES_MAX && lines.hasNext()) {
                head.add(lines.next());
            }
            return new Table(lines, head, mapping);
        } catch (RuntimeException fault) {
            lines.close();
            throw fault;
        }
    }

    /** Amounts written with a decimal comma tell how the whole file writes its numbers. */
    private DecimalMark mark() {
        boolean comma =
                head.stream()
                        .flatMap(line -> amounts(line).stream())
                        .anyMatch(DecimalMark::isCommaIn);
        return comma ? DecimalMark.COMMA : DecimalMark.POINT;
    }

    private List<String> amounts(Line line) {
        List<String> amounts = new ArrayList<>();
        for (Field field : List.of(Field.CPC, Field.DIFFICULTY)) {
            Integer column = columns.get(field);
            if (column != null) {
                amounts.add(line.cell(column));
            }
        }
        return amounts;
    }

    boolean hasKeywords() {
        return columns.containsKey(Field.KEYWORD);
    }

    Map<Field, String> columnNames() {
        Map<Field, String> names = new EnumMap<>(Field.class);
        columns.forEach((field, column) -> names.put(field, header.names().get(column)));
        return names;
    }

    RowReader rowReader() {
        return new RowReader(columns, mark);
    }

    /** The next line of data that is not blank; null at the end. */
    @Nullable Line next() {
        if (!head.isEmpty()) {
            return head.remove();
        }
        while (lines.hasNext()) {
            Line line = lines.next();
            if (!line.isBlank()) {
                return line;
            }
        }
        return null;
    }

    MappingNeeded mappingNeeded() {
        if (head.isEmpty()) {
            throw noRows();
        }
        int keyword = likeliestKeywordColumn();
        List<MappingNeeded.Column> described = new ArrayList<>();
        for (int column = 0; column < header.names().size(); column++) {
            Field guess = column == keyword ? Field.KEYWORD : fieldOf(column);
            described.add(
                    new MappingNeeded.Column(header.names().get(column), samples(column), guess));
        }
        return new MappingNeeded(described);
    }

    static UnreadableFile noRows() {
        return new UnreadableFile(Reason.NO_ROWS, "The file has a header but no keywords.");
    }

    private @Nullable Field fieldOf(int column) {
        return columns.entrySet().stream()
                .filter(entry -> entry.getValue() == column)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Keywords are the longest texts that are neither numbers nor addresses; -1 if none are. */
    private int likeliestKeywordColumn() {
        return IntStream.range(0, header.names().size())
                .filter(column -> fieldOf(column) == null && words(column) > 0)
                .boxed()
                .max(Comparator.comparingLong(this::words))
                .orElse(-1);
    }

    private long words(int column) {
        return head.stream()
                .map(line -> line.cell(column))
                .filter(
                        text ->
                                !text.contains("://")
                                        && KeywordText.length(text) <= KeywordText.CHARS_MAX)
                .flatMapToInt(String::codePoints)
                .filter(Character::isLetter)
                .count();
    }

    private List<String> samples(int column) {
        return head.stream()
                .map(line -> KeywordText.shortened(line.cell(column)))
                .filter(text -> !text.isEmpty())
                .distinct()
                .limit(SAMPLES_MAX)
                .toList();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
