package com.igny8.planner.importing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.planner.importing.UnreadableFile.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file's own bytes say it is, whatever it is called. */
sealed interface FileContent {
    long FILE_BYTES_MAX = 64L << 20;
    int SAMPLE_BYTES_MAX = 64 << 10;

    /** Text in this encoding, after a byte order mark of this length, and how it begins. */
    record Text(Charset charset, int markBytes, String sample) implements FileContent {}

    /** A zip archive, which a workbook is. */
    record Zip() implements FileContent {}

    /** Signatures of what people upload by mistake, each with the name they know it by. */
    Map<String, String> SIGNATURES = signatures();

    static FileContent of(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0) {
            throw new UnreadableFile(Reason.EMPTY_FILE, "The file is empty.");
        }
        if (size > FILE_BYTES_MAX) {
            throw new UnreadableFile(
                    Reason.TOO_LARGE,
                    "The file is larger than %d MB; split it."
                            .formatted(FILE_BYTES_MAX / (1 << 20)));
        }
        byte[] sample;
        try (InputStream bytes = Files.newInputStream(file)) {
            sample = bytes.readNBytes(SAMPLE_BYTES_MAX);
        }
        String head = new String(sample, 0, Math.min(sample.length, 16), ISO_8859_1);
        if (head.startsWith("PK\u0003\u0004")) {
            return new Zip();
        }
        refuseKnownBinary(head);
        return text(sample, head);
    }

    private static void refuseKnownBinary(String head) {
        SIGNATURES.forEach(
                (signature, name) -> {
                    if (head.startsWith(signature)) {
                        throw new UnreadableFile(
                                Reason.UNSUPPORTED_FILE,
                                "The file is %s; send keywords as CSV, TSV, plain text or XLSX."
                                        .formatted(name));
                    }
                });
    }

    private static Text text(byte[] sample, String head) {
        if (head.startsWith("\u00EF\u00BB\u00BF")) {
            return decoded(sample, UTF_8, 3);
        }
        if (head.startsWith("\u00FF\u00FE")) {
            return decoded(sample, UTF_16LE, 2);
        }
        if (head.startsWith("\u00FE\u00FF")) {
            return decoded(sample, UTF_16BE, 2);
        }
        return decoded(sample, unmarkedCharset(sample), 0);
    }

    /** Mostly Latin text in UTF-16 has a zero in every other byte, and UTF-8 text has none. */
    private static Charset unmarkedCharset(byte[] sample) {
        int pairs = sample.length / 2;
        int zeroFirst = 0;
        int zeroSecond = 0;
        for (int pair = 0; pair < pairs; pair++) {
            zeroFirst += sample[2 * pair] == 0 ? 1 : 0;
            zeroSecond += sample[2 * pair + 1] == 0 ? 1 : 0;
        }
        if (zeroSecond * 5 > pairs * 2 && zeroFirst * 20 <= pairs) {
            return UTF_16LE;
        }
        if (zeroFirst * 5 > pairs * 2 && zeroSecond * 20 <= pairs) {
            return UTF_16BE;
        }
        return UTF_8;
    }

    /** Damage in the sample is let through here: the reader meets it again and can say where. */
    private static Text decoded(byte[] sample, Charset charset, int markBytes) {
        String text = new String(sample, markBytes, sample.length - markBytes, charset);
        if (text.isBlank()) {
            throw new UnreadableFile(Reason.EMPTY_FILE, "The file is empty.");
        }
        if (text.chars().anyMatch(FileContent::isBinary)) {
            throw new UnreadableFile(
                    Reason.UNSUPPORTED_FILE,
                    "The file is not text; send keywords as CSV, TSV, plain text or XLSX.");
        }
        return new Text(charset, markBytes, text);
    }

    private static boolean isBinary(int character) {
        return character < ' ' && "\t\n\r\f\u000B".indexOf(character) < 0;
    }

    private static Map<String, String> signatures() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("\u0089PNG", "a PNG image");
        names.put("\u00FF\u00D8\u00FF", "a JPEG image");
        names.put("GIF8", "a GIF image");
        names.put("RIFF", "a media file");
        names.put("%PDF-", "a PDF document");
        names.put("\u001F\u008B", "a gzip archive");
        names.put("7z\u00BC\u00AF", "a 7-Zip archive");
        names.put("Rar!", "a RAR archive");
        names.put("PK\u0005\u0006", "an empty zip archive");
        names.put(
                "\u00D0\u00CF\u0011\u00E0",
                "an old or password-protected Excel workbook (save it as XLSX, unprotected)");
        names.put("{\\rtf", "an RTF document");
        names.put("SQLite format 3", "a database");
        names.put("\u00FF\u00FE\u0000\u0000", "UTF-32 text (save it as UTF-8)");
        names.put("\u0000\u0000\u00FE\u00FF", "UTF-32 text (save it as UTF-8)");
        return Map.copyOf(names);
    }
}
