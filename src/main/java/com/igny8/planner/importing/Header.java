package com.igny8.planner.importing;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** The line that names the columns, or line 0 where a file starts with its data. */
record Header(int lineNumber, List<String> names) {
    /** Keyword Planner puts two title lines first; some reports a few more. */
    private static final int TITLE_LINES_MAX = 10;

    private static final int NAME_CHARS_MAX = 80;

    /** Whether one of the first lines names a keyword column and another known one. */
    static boolean isNamedTable(List<Line> head) {
        return head.stream().limit(TITLE_LINES_MAX).anyMatch(Header::namesKeywordAndMore);
    }

    /** Whether the first line is nothing but the name of a keyword column. */
    static boolean isNamedList(List<Line> head) {
        return !head.isEmpty()
                && head.getFirst().cells().size() == 1
                && fields(head.getFirst()).contains(Field.KEYWORD);
    }

    static Header of(List<Line> head, ColumnMapping mapping) {
        List<Line> first =
                head.stream()
                        .filter(line -> !line.isBlank() && !isSeparatorNote(line))
                        .limit(TITLE_LINES_MAX)
                        .toList();
        Line line = find(first, candidate -> isMapped(candidate, mapping));
        if (line == null && !mapping.fields().isEmpty() && isPositional(mapping)) {
            return none(head);
        }
        if (line == null) {
            line = find(first, Header::namesKeywordAndMore);
        }
        if (line == null && !first.isEmpty() && looksLikeNames(first.getFirst(), head)) {
            line = first.getFirst();
        }
        return line == null ? none(head) : new Header(line.number(), unique(line.cells(), head));
    }

    private static @Nullable Line find(List<Line> lines, Predicate<Line> condition) {
        return lines.stream().filter(condition).findFirst().orElse(null);
    }

    /** Excel's own first line {@code sep=;} tells Excel the delimiter and is no data. */
    private static boolean isSeparatorNote(Line line) {
        return line.number() == 1 && line.cell(0).startsWith("sep=");
    }

    private static boolean isMapped(Line line, ColumnMapping mapping) {
        return mapping.fields().keySet().stream()
                .anyMatch(
                        name ->
                                line.cells().stream()
                                        .anyMatch(cell -> HeaderNames.areSame(cell, name)));
    }

    private static boolean isPositional(ColumnMapping mapping) {
        return mapping.fields().keySet().stream()
                .allMatch(name -> name.strip().matches("(?i)column \\d{1,3}"));
    }

    private static boolean namesKeywordAndMore(Line line) {
        Set<Field> fields = fields(line);
        return fields.contains(Field.KEYWORD) && fields.size() > 1;
    }

    private static Set<Field> fields(Line line) {
        Set<Field> fields = new HashSet<>();
        line.cells().stream().map(HeaderNames::field).filter(Objects::nonNull).forEach(fields::add);
        return fields;
    }

    /**
     * A plain list needs a known name; in a table a line of distinct words without numbers does.
     */
    private static boolean looksLikeNames(Line line, List<Line> head) {
        if (fields(line).contains(Field.KEYWORD) || width(head) == 1) {
            return fields(line).contains(Field.KEYWORD);
        }
        List<String> names = line.cells().stream().filter(cell -> !cell.isBlank()).toList();
        return names.size() > 1
                && new HashSet<>(names).size() == names.size()
                && names.stream().noneMatch(Header::isData);
    }

    private static boolean isData(String cell) {
        return cell.length() > NAME_CHARS_MAX
                || WrittenNumber.isUnknown(cell)
                || WrittenNumber.decimal(cell, WrittenNumber.DecimalMark.POINT) != null;
    }

    private static int width(List<Line> head) {
        return head.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
    }

    private static Header none(List<Line> head) {
        return new Header(0, unique(List.of(), head));
    }

    /** Names by which people can tell columns apart, also nameless ones and namesakes. */
    private static List<String> unique(List<String> cells, List<Line> head) {
        List<String> names = new ArrayList<>();
        for (int column = 0; column < Math.max(cells.size(), width(head)); column++) {
            String written = column < cells.size() ? cells.get(column).strip() : "";
            String name = written.isEmpty() ? position(column) : KeywordText.shortened(written);
            names.add(names.contains(name) ? "%s (%d)".formatted(name, column + 1) : name);
        }
        return List.copyOf(names);
    }

    private static String position(int column) {
        return "Column " + (column + 1);
    }

    /** Which column holds which field: as mapped, and the rest by the best known name. */
    Map<Field, Integer> columns(ColumnMapping mapping) {
        Map<Field, Integer> columns = new EnumMap<>(Field.class);
        Set<Integer> taken = new HashSet<>();
        mapping.fields().forEach((name, field) -> assign(name, field, columns, taken));
        columns.remove(Field.IGNORED);
        for (Field field : Field.values()) {
            if (!columns.containsKey(field)) {
                int best = best(field, taken);
                if (best >= 0) {
                    columns.put(field, best);
                }
            }
        }
        if (columns.isEmpty() && names.size() == 1) {
            columns.put(Field.KEYWORD, 0);
        }
        return columns;
    }

    private void assign(String name, Field field, Map<Field, Integer> columns, Set<Integer> taken) {
        for (int column = 0; column < names.size(); column++) {
            boolean same =
                    HeaderNames.areSame(names.get(column), name)
                            || HeaderNames.areSame(position(column), name);
            if (same && taken.add(column)) {
                columns.putIfAbsent(field, column);
                return;
            }
        }
    }

    private int best(Field field, Set<Integer> taken) {
        int best = -1;
        int bestRank = Integer.MAX_VALUE;
        for (int column = 0; column < names.size(); column++) {
            int rank = HeaderNames.rank(field, names.get(column));
            if (rank >= 0 && rank < bestRank && !taken.contains(column)) {
                best = column;
                bestRank = rank;
            }
        }
        return best;
    }
}
