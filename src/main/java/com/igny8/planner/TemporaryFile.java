package com.igny8.planner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** What was uploaded, as a file for as long as it is read: a workbook is read out of order. */
final class TemporaryFile {
    private TemporaryFile() {}

    /** Writes what was uploaded to a path. */
    interface Filling {
        void fill(Path file) throws IOException;
    }

    /** Does something with the file, which is gone afterwards. */
    static <T> T with(Filling filling, Function<Path, T> work) {
        try {
            Path file = Files.createTempFile("keywords", ".upload");
            try {
                filling.fill(file);
                return work.apply(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
