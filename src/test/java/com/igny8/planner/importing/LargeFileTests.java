package com.igny8.planner.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

class LargeFileTests {
    private static final int ROWS = 100_000;

    /** A row of the files below; the same 1,000 keywords come again and again. */
    private static final int DIFFERENT = 1_000;

    /** What a parsed file of this size would take many times over. */
    private static final long RETAINED_BYTES_MAX = 8L << 20;

    @TempDir private Path folder;

    @Test
    void streamsAHundredThousandLinesOfText() throws IOException {
        Path file = folder.resolve("keywords.csv");
        try (var writer = Files.newBufferedWriter(file)) {
            writer.write("Keyword,Volume,Notes\n");
            for (int row = 0; row < ROWS; row++) {
                writer.write("keyword %d,%d,%s%n".formatted(row % DIFFERENT, row, "x".repeat(200)));
            }
        }

        assertRetainsLittle(file);
    }

    @Test
    void streamsAHundredThousandRowsOfAWorkbook() throws IOException {
        Path file = folder.resolve("keywords.xlsx");
        try (OutputStream target = Files.newOutputStream(file);
                Workbook workbook = new Workbook(target, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Keywords");
            sheet.value(0, 0, "Keyword");
            sheet.value(0, 1, "Volume");
            for (int row = 1; row <= ROWS; row++) {
                sheet.inlineString(row, 0, "keyword " + row % DIFFERENT);
                sheet.value(row, 1, row);
            }
        }

        assertRetainsLittle(file);
    }

    /** Looks at the heap in the middle of the file, after collecting what is not held. */
    private static void assertRetainsLittle(Path file) throws IOException {
        long before = retainedBytes();
        try (Table table = Table.open(file, ColumnMapping.automatic())) {
            for (int row = 0; row < ROWS / 2; row++) {
                assertThat(table.next()).isNotNull();
            }
            assertThat(retainedBytes() - before).isLessThan(RETAINED_BYTES_MAX);
        }
        assertThat(Fixtures.read(file, ColumnMapping.automatic()).report())
                .extracting(ImportReport::rows, ImportReport::valid, ImportReport::duplicates)
                .containsExactly(ROWS, DIFFERENT, ROWS - DIFFERENT);
    }

    private static long retainedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
