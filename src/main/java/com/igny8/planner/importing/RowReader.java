package com.igny8.planner.importing;

import com.igny8.planner.Intent;
import com.igny8.planner.importing.WrittenNumber.DecimalMark;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Turns one line into a keyword, or into a sentence for each field that is wrong. */
final class RowReader {
    private final Map<Field, Integer> columns;
    private final Figures figures;

    RowReader(Map<Field, Integer> columns, DecimalMark mark) {
        this.columns = columns;
        figures = new Figures(mark);
    }

    RowOutcome read(Line line) {
        List<InvalidRow> errors = new ArrayList<>();
        String keyword = value(line, Field.KEYWORD, KeywordText::read, errors);
        Long volume = value(line, Field.VOLUME, figures::volume, errors);
        Integer difficulty = value(line, Field.DIFFICULTY, figures::difficulty, errors);
        Long cpcMicros = value(line, Field.CPC, figures::cpcMicros, errors);
        Intent intent = value(line, Field.INTENT, IntentNames::read, errors);
        String country = value(line, Field.COUNTRY, Markets::country, errors);
        String language = value(line, Field.LANGUAGE, Markets::language, errors);
        List<String> serpUrls = value(line, Field.SERP_URLS, SerpUrls::read, errors);
        if (keyword == null || !errors.isEmpty()) {
            return new RowOutcome.Invalid(List.copyOf(errors));
        }
        return new RowOutcome.Valid(
                new KeywordRow(
                        line.number(),
                        keyword,
                        volume,
                        difficulty,
                        cpcMicros,
                        intent,
                        country,
                        language,
                        serpUrls == null ? List.of() : serpUrls));
    }

    /** The value of a cell; null where it is unknown, and where it is refused. */
    private <T> @Nullable T value(
            Line line,
            Field field,
            Function<String, ? extends @Nullable T> reading,
            List<InvalidRow> errors) {
        Integer column = columns.get(field);
        String text = column == null ? "" : line.cell(column);
        if (field != Field.KEYWORD && WrittenNumber.isUnknown(text)) {
            return null;
        }
        try {
            return reading.apply(text);
        } catch (Refused refused) {
            errors.add(new InvalidRow(line.number(), field, refused.sentence()));
            return null;
        }
    }
}
