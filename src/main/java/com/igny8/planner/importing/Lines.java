package com.igny8.planner.importing;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

/** The lines of a file from first to last, blank ones too, one in memory at a time. */
sealed interface Lines extends Iterator<Line>, Closeable permits TextLines, WorkbookLines {
    /** More than any export has; a line of more is not a table of keywords. */
    int COLUMNS_MAX = 512;

    /** Room for the ten multi-line addresses that some exports put in one cell. */
    int CELL_CHARS_MAX = 65_536;

    static Lines open(Path file) throws IOException {
        return switch (FileContent.of(file)) {
            case FileContent.Text text -> TextLines.open(file, text);
            case FileContent.Zip _ -> WorkbookLines.open(file);
        };
    }

    @Override
    void close() throws IOException;
}
