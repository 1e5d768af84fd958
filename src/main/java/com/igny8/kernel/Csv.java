package com.igny8.kernel;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Rows of comma-separated values as RFC 4180 has them. A text that a spreadsheet would take for a
 * formula gets an apostrophe in front: what somebody called their site must not run on the machine
 * of whoever opens the file.
 */
public final class Csv {
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private Csv() {}

    /** One row, with its line break; the cells were made by {@link #text} or are harmless. */
    public static String row(List<String> cells) {
        return cells.stream().map(Csv::quoted).collect(joining(",", "", "\r\n"));
    }

    /** A cell of text that somebody wrote. */
    public static String text(String value) {
        boolean isFormula = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
        return isFormula ? "'" + value : value;
    }

    private static String quoted(String cell) {
        boolean isPlain = cell.chars().noneMatch(character -> ",\"\r\n".indexOf(character) >= 0);
        return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
