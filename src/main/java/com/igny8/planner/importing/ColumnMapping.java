package com.igny8.planner.importing;

import java.util.Map;

/**
 * What a person said the columns of a file mean, by the column's name (as {@link MappingNeeded}
 * lists it; case and punctuation do not matter). Columns not named are still recognised by their
 * header, unless mapped to {@link Field#IGNORED}. Names such as {@code Column 1} count positions.
 */
public record ColumnMapping(Map<String, Field> fields) {
    private static final ColumnMapping AUTOMATIC = new ColumnMapping(Map.of());

    public ColumnMapping {
        fields = Map.copyOf(fields);
    }

    /** Everything by header. */
    public static ColumnMapping automatic() {
        return AUTOMATIC;
    }
}
