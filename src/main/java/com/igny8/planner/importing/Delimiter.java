package com.igny8.planner.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the character between the cells by reading the beginning of a file with each. */
final class Delimiter {
    /** Absent from any text that passed the check for binary content: one cell a line. */
    static final char NONE = '\u001F';

    private static final List<Character> CANDIDATES = List.of('\t', ';', ',', '|');
    private static final int SAMPLE_LINES_MAX = 60;

    /** A table may have two title lines and a few ragged ones; prose with commas is no table. */
    private static final double AGREEMENT_MIN = 0.85;

    private Delimiter() {}

    static char of(String sample) {
        char best = NONE;
        double bestAgreement = AGREEMENT_MIN;
        for (char candidate : CANDIDATES) {
            List<Line> lines = lines(sample, candidate);
            if (Header.isNamedTable(lines)) {
                return candidate;
            }
            double agreement = Header.isNamedList(lines) ? 0 : agreement(lines, candidate);
            if (agreement > bestAgreement) {
                best = candidate;
                bestAgreement = agreement;
            }
        }
        return best;
    }

    /** The lines of the sample, without the last if more of them follow: it may be cut in two. */
    private static List<Line> lines(String sample, char delimiter) {
        List<Line> lines = new ArrayList<>();
        try (CsvReader<CsvRecord> records = TextLines.records(sample, delimiter)) {
            for (CsvRecord row : records) {
                Line line = new Line(lines.size() + 1, row.getFields());
                if (!line.isBlank()) {
                    lines.add(line);
                }
                if (lines.size() > SAMPLE_LINES_MAX) {
                    break;
                }
            }
        } catch (CsvParseException | IOException cut) {
            // What was read until here is enough to judge by; the real reading reports the fault.
            return lines;
        }
        boolean mayBeCut = lines.size() > 1 && sample.length() > FileContent.SAMPLE_BYTES_MAX / 3;
        return mayBeCut ? lines.subList(0, lines.size() - 1) : lines;
    }

    /** The share of lines that have the commonest number of cells, if that is more than one. */
    private static double agreement(List<Line> lines, char delimiter) {
        Map<Integer, Integer> linesByCells = new HashMap<>();
        lines.forEach(line -> linesByCells.merge(line.cells().size(), 1, Integer::sum));
        // One line with a comma is a keyword with a comma; nobody types a tab into a keyword.
        if (lines.size() == 1 && delimiter == ',') {
            return 0;
        }
        return linesByCells.entrySet().stream()
                .filter(entry -> entry.getKey() > 1)
                .mapToDouble(entry -> (double) entry.getValue() / lines.size())
                .max()
                .orElse(0);
    }
}
