package com.igny8.planner;

import com.igny8.kernel.Problem;
import com.igny8.planner.importing.ColumnMapping;
import com.igny8.planner.importing.Field;
import com.igny8.planner.importing.ImportOutcome;
import com.igny8.planner.importing.ImportReport;
import com.igny8.planner.importing.KeywordImport;
import com.igny8.planner.importing.KeywordRow;
import com.igny8.planner.importing.MappingNeeded;
import com.igny8.planner.importing.UnreadableFile;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads files of keywords into a site: first for a look, then for good. */
@Component
class KeywordFiles {
    /** Rows of a file, the plan apart: what one import may hold in memory and one transaction. */
    static final int MAX_ROWS = 100_000;

    private final TenantTransactions transactions;
    private final Keywords keywords;

    KeywordFiles(TenantTransactions transactions, Keywords keywords) {
        this.transactions = transactions;
        this.keywords = keywords;
    }

    /** Where the keywords are to go. */
    record Target(UUID siteId, @Nullable UUID sectorId) {}

    /**
     * What came of a file.
     *
     * @param imported how many keywords are new; those that were there already were brought up to
     *     date
     */
    record Imported(ImportReport report, int imported) {}

    /** What is in the file, or which columns it has; nothing is stored. */
    ImportOutcome preview(Target target, Path file, ColumnMapping mapping) {
        keywords.requireTarget(target.siteId(), target.sectorId());
        return refusing(() -> new KeywordImport(MAX_ROWS, mapping).preview(file));
    }

    /** Stores what is right in the file, all at once; 400 where no column is told to be it. */
    Imported store(Target target, Path file, ColumnMapping mapping) {
        keywords.requireTarget(target.siteId(), target.sectorId());
        return transactions.write(
                sql -> {
                    int[] imported = {0};
                    Consumer<List<KeywordRow>> add =
                            rows ->
                                    imported[0] +=
                                            keywords.add(target.siteId(), target.sectorId(), rows);
                    return switch (refusing(
                            () -> new KeywordImport(MAX_ROWS, mapping).read(file, add))) {
                        case ImportReport report -> new Imported(report, imported[0]);
                        case MappingNeeded needed -> throw mappingRequired(needed);
                    };
                });
    }

    /** A column of a file that nobody could tell, with a look at what is in it. */
    private record ColumnView(String name, List<String> samples, @Nullable String guess) {
        static ColumnView of(MappingNeeded.Column column) {
            Field guess = column.guess();
            return new ColumnView(
                    column.name(), column.samples(), guess == null ? null : guess.label());
        }
    }

    static Problem mappingRequired(MappingNeeded needed) {
        return Problem.invalid(
                        "mapping_required",
                        "mapping",
                        "No column looks like the keywords: say which one is")
                .with("columns", needed.columns().stream().map(ColumnView::of).toList());
    }

    private static ImportOutcome refusing(Supplier<ImportOutcome> reading) {
        try {
            return reading.get();
        } catch (UnreadableFile unreadable) {
            throw Problem.invalid(unreadable.code(), "file", unreadable.sentence());
        }
    }
}
