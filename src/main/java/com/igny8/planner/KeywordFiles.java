package com.igny8.planner;

import com.igny8.kernel.BusyThreads;
import com.igny8.kernel.Problem;
import com.igny8.planner.importing.ColumnMapping;
import com.igny8.planner.importing.Field;
import com.igny8.planner.importing.ImportOutcome;
import com.igny8.planner.importing.ImportReport;
import com.igny8.planner.importing.KeywordImport;
import com.igny8.planner.importing.KeywordRow;
import com.igny8.planner.importing.MappingNeeded;
import com.igny8.planner.importing.UnreadableFile;
import com.igny8.tenancy.AtOnce;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads files of keywords into a site: first for a look, then for good. */
@Component
class KeywordFiles {
    /** Rows of a file, the plan apart: what one import may hold in memory and one transaction. */
    static final int MAX_ROWS = 100_000;

    /** Of one account: each takes memory, and a connection while it is stored. */
    private static final int MAX_AT_ONCE = 3;

    private final TenantTransactions transactions;
    private final Keywords keywords;
    private final AuditLog auditLog;
    private final AtOnce files = new AtOnce(MAX_AT_ONCE, "files are read");

    private final BusyThreads readers = new BusyThreads("keyword-files");

    KeywordFiles(TenantTransactions transactions, Keywords keywords, AuditLog auditLog) {
        this.transactions = transactions;
        this.keywords = keywords;
        this.auditLog = auditLog;
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

    /**
     * What is in a file.
     *
     * @param batches the keywords that are right
     */
    record Content(ImportReport report, List<List<KeywordRow>> batches) {}

    /** What is in the file, or which columns it has; nothing is stored. */
    ImportOutcome preview(Target target, Path file, ColumnMapping mapping) {
        keywords.requireTarget(target.siteId(), target.sectorId());
        return read(file, mapping, batch -> {});
    }

    /**
     * All that is in the file, to be stored; 400 where no column is told to be it. Before and not
     * inside the transaction that stores: reading takes long.
     */
    Content read(Target target, Path file, ColumnMapping mapping) {
        keywords.requireTarget(target.siteId(), target.sectorId());
        List<List<KeywordRow>> batches = new ArrayList<>();
        return switch (read(file, mapping, batches::add)) {
            case ImportReport report -> new Content(report, batches);
            case MappingNeeded needed -> throw mappingRequired(needed);
        };
    }

    private ImportOutcome read(
            Path file, ColumnMapping mapping, Consumer<List<KeywordRow>> batches) {
        try (AtOnce.Turn _ = files.begin()) {
            return readers.run(() -> new KeywordImport(MAX_ROWS, mapping).read(file, batches));
        } catch (UnreadableFile unreadable) {
            throw Problem.invalid(unreadable.code(), "file", unreadable.sentence());
        }
    }

    /** Stores what is right in the file, all at once. */
    Imported store(Target target, Content content) {
        keywords.requireTarget(target.siteId(), target.sectorId());
        try (AtOnce.Turn _ = files.begin()) {
            return transactions.write(
                    sql -> {
                        Keywords.lockAll(sql, target.siteId());
                        int imported = 0;
                        for (List<KeywordRow> batch : content.batches()) {
                            imported += keywords.add(target.siteId(), target.sectorId(), batch);
                        }
                        auditLog.record(
                                "keywords.imported",
                                "site:" + target.siteId(),
                                Map.of("imported", imported));
                        return new Imported(content.report(), imported);
                    });
        }
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
}
