package com.igny8.planner.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

class UnreadableFileTests {
    @Test
    void namesThePlaceOfInvalidUtf8() {
        byte[] latin = "Keyword,Volume\ncafe,1\ncafé,2\n".getBytes(ISO_8859_1);

        UnreadableFile refused = refused(latin);

        assertThat(refused.code()).isEqualTo("invalid_encoding");
        assertThat(refused.sentence())
                .isEqualTo(
                        "The text is not valid UTF-8 at line 3 (byte 26); save the file as UTF-8"
                                + " and send it again.");
    }

    @Test
    void handsOnNothingWhenTheDamageComesLate() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes("Keyword,Volume\n".getBytes(UTF_8));
        for (int row = 0; row < 20_000; row++) {
            content.writeBytes("keyword number %d,1\n".formatted(row).getBytes(UTF_8));
        }
        content.writeBytes(new byte[] {'x', (byte) 0xC3, '\n'});
        List<KeywordRow> handedOn = new ArrayList<>();

        UnreadableFile refused =
                Fixtures.onFile(
                        content.toByteArray(),
                        file ->
                                catchThrowableOfType(
                                        UnreadableFile.class,
                                        () ->
                                                new KeywordImport(
                                                                Fixtures.ROWS_MAX,
                                                                ColumnMapping.automatic())
                                                        .read(file, handedOn::addAll)));

        assertThat(refused.sentence()).contains("line 20,002");
        assertThat(handedOn).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void refusesAnImageWhateverItIsCalled(String format) throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, image);

        assertThat(refused(image.toByteArray()).code()).isEqualTo("unsupported_file");
    }

    @Test
    void refusesOtherBinaries() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("keywords.csv"));
            zip.write("keyword\nred shoes\n".getBytes(UTF_8));
        }

        assertThat(refused(archive.toByteArray()).sentence()).contains("zip archive");
        assertThat(refused("%PDF-1.7 x".getBytes(UTF_8)).sentence()).contains("a PDF document");
        assertThat(refused(new byte[] {1, 2, 3, 0, 5}).code()).isEqualTo("unsupported_file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\n", "\uFEFF", "\uFEFF\r\n"})
    void refusesAnEmptyFile(String content) {
        assertThat(refused(content.getBytes(UTF_8)).code()).isEqualTo("empty_file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Keyword,Volume\n", "keyword", "\uFEFFKeyword;Volume\r\n;\r\n"})
    void refusesAHeaderAlone(String content) {
        assertThat(refused(content.getBytes(UTF_8)).code()).isEqualTo("no_rows");
    }

    @Test
    void countsRowsUpToTheLimit() {
        byte[] threeRows = "Keyword,Volume\na,1\n\nb,2\na,3\n".getBytes(UTF_8);

        ImportOutcome allowed =
                Fixtures.onFile(
                        threeRows,
                        file -> new KeywordImport(3, ColumnMapping.automatic()).preview(file));

        assertThat(((ImportReport) allowed).rows()).isEqualTo(3);
        assertThat(refused(threeRows, 2).code()).isEqualTo("too_many_rows");
        assertThat(refused(threeRows, 2).sentence())
                .isEqualTo("The file has more than 2 rows; split it.");
    }

    @Test
    void refusesAQuoteThatNeverCloses() {
        assertThat(refused("Keyword,Volume\na,1\n\"b,2\nc,3\n".getBytes(UTF_8)).sentence())
                .isEqualTo(
                        "Row 3 cannot be read: a quote does not close where its cell ends, or the"
                                + " row is far too long.");
    }

    @Test
    void readsUtf16WithAndWithoutItsMark() {
        String text = "Keyword\tVolume\r\ncafé au lait\t10\r\nnaïve bayes\t20\r\n";

        for (byte[] content :
                List.of(
                        ("\uFEFF" + text).getBytes(UTF_16LE),
                        ("\uFEFF" + text).getBytes(UTF_16BE),
                        text.getBytes(UTF_16LE),
                        text.getBytes(UTF_16BE),
                        ("\uFEFF" + text).getBytes(UTF_8),
                        text.getBytes(UTF_8))) {
            assertThat(
                            Fixtures.onFile(
                                            content,
                                            file -> Fixtures.read(file, ColumnMapping.automatic()))
                                    .keywords())
                    .containsExactly("café au lait", "naïve bayes");
        }
    }

    static UnreadableFile refused(byte[] content) {
        return refused(content, Fixtures.ROWS_MAX);
    }

    private static UnreadableFile refused(byte[] content, int rowsMax) {
        return Fixtures.onFile(
                content,
                file ->
                        catchThrowableOfType(
                                UnreadableFile.class,
                                () ->
                                        new KeywordImport(rowsMax, ColumnMapping.automatic())
                                                .preview(file)));
    }
}
