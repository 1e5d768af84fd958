package com.igny8.planner.importing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file holds. {@code rows = valid + duplicates + invalidRows}.
 *
 * @param rows lines of data, without the header and blank lines
 * @param valid different keywords, the ones handed on
 * @param duplicates rows merged into an earlier one of the same keyword
 * @param invalidRows rows with at least one error
 * @param errors all errors; a row may have several
 * @param invalid the first errors, in the order of the file, at most {@link
 *     KeywordImport#INVALID_SHOWN_MAX}
 * @param columns the column that each field was read from, in the order of the fields
 * @param samples the first keywords as they were understood, for a look at them
 */
public record ImportReport(
        int rows,
        int valid,
        int duplicates,
        int invalidRows,
        int errors,
        List<InvalidRow> invalid,
        Map<Field, String> columns,
        List<KeywordRow> samples)
        implements ImportOutcome {

    public ImportReport {
        if (rows != valid + duplicates + invalidRows || errors < invalidRows) {
            throw new IllegalArgumentException("every row is counted once");
        }
        invalid = List.copyOf(invalid);
        samples = List.copyOf(samples);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
}
