package com.igny8.access;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of who is answered what, as people read it: a row for each operation, a column for each
 * {@link Principal}.
 *
 * @param headings of the columns
 * @param rows the cells of each operation, in the order of the columns
 */
record AccessTable(List<String> headings, Map<String, List<String>> rows) {
    private static final Path DOCUMENT = Path.of("docs/access-matrix.md");

    /** As it is written down in the repository, for what is behind this door. */
    static AccessTable expected(Door door) {
        try {
            List<String> lines = Files.readAllLines(DOCUMENT);
            List<List<String>> table =
                    lines.subList(lines.indexOf("## " + door.name()) + 1, lines.size()).stream()
                            .takeWhile(line -> !line.startsWith("## "))
                            .filter(line -> line.startsWith("|"))
                            .map(AccessTable::cells)
                            .toList();
            Map<String, List<String>> rows = new LinkedHashMap<>();
            table.stream()
                    .skip(2)
                    .forEach(
                            row ->
                                    rows.put(
                                            row.getFirst().replace("`", ""),
                                            row.subList(1, row.size())));
            return new AccessTable(table.getFirst().subList(1, table.getFirst().size()), rows);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
    }

    /** Written so that its columns stand below one another also where it is not rendered. */
    String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(line("operation", headings));
        rows.forEach((operation, cells) -> lines.add(line("`" + operation + "`", cells)));
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column <= headings.size(); column++) {
            int at = column;
            widths.add(lines.stream().mapToInt(line -> line.get(at).length()).max().orElse(1));
        }
        lines.add(1, widths.stream().map("-"::repeat).toList());
        return lines.stream().map(line -> padded(line, widths)).collect(joining());
    }

    private static List<String> line(String first, List<String> others) {
        List<String> line = new ArrayList<>(Collections.singletonList(first));
        line.addAll(others);
        return line;
    }

    private static String padded(List<String> line, List<Integer> widths) {
        StringBuilder padded = new StringBuilder("|");
        for (int column = 0; column < line.size(); column++) {
            String cell = line.get(column);
            padded.append(' ')
                    .append(cell)
                    .append(" ".repeat(widths.get(column) - cell.length()))
                    .append(" |");
        }
        return padded.append('\n').toString();
    }
}
