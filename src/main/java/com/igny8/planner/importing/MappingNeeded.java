package com.igny8.planner.importing;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * No column could be told to hold the keywords: a person has to say, by a {@link ColumnMapping}.
 */
public record MappingNeeded(List<Column> columns) implements ImportOutcome {
    /**
     * A column as the file has it.
     *
     * @param name its header, or {@code Column 1} if it has none; different from all others
     * @param samples up to three of its first values, shortened
     * @param guess what it most likely holds; null if there is no telling
     */
    public record Column(String name, List<String> samples, @Nullable Field guess) {
        public Column {
            samples = List.copyOf(samples);
        }
    }

    public MappingNeeded {
        columns = List.copyOf(columns);
    }
}
