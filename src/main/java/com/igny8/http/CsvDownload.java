package com.igny8.http;

import de.siegmar.fastcsv.writer.CsvWriter;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An answer that is a CSV file, sent as it is written. Cells that a spreadsheet would take for
 * formulas are made plain text by an apostrophe before them.
 */
public final class CsvDownload implements AutoCloseable {
    private static final String STARTS_OF_FORMULAS = "=+-@\t\r\n";

    /** Begins like a formula where it is below zero, and is none. */
    private static final Pattern NUMBER = Pattern.compile("-\\d{1,18}(\\.\\d{1,3})?");

    private final CsvWriter csv;

    /**
     * @param fileName as it is to be saved, such as {@code audit.csv}
     */
    public CsvDownload(HttpServletResponse response, String fileName, String... headings)
            throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(fileName, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        this.csv = CsvWriter.builder().build(response.getWriter());
        csv.writeRecord(headings);
    }

    /** One line; null is an empty cell. */
    public void line(@Nullable String... cells) {
        csv.writeRecord(Arrays.stream(cells).map(CsvDownload::harmless).toArray(String[]::new));
    }

    static String harmless(@Nullable String cell) {
        return cell == null
                ? ""
                : cell.isEmpty()
                                || STARTS_OF_FORMULAS.indexOf(cell.charAt(0)) < 0
                                || NUMBER.matcher(cell).matches()
                        ? cell
                        : "'" + cell;
    }

    @Override
    public void close() {
        try {
            csv.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
