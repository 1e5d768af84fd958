package com.igny8.planner.importing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.planner.Intent;
import com.igny8.planner.importing.Fixtures.Imported;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class WorkbookTests {
    private static final String WORKBOOK_TYPE =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    @Test
    void readsWhatExcelStores() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(content, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Keywords");
            String[] header = {"Keyword", "Intent", "Volume", "Keyword Difficulty", "CPC (USD)"};
            for (int column = 0; column < header.length; column++) {
                sheet.value(0, column, header[column]);
            }
            sheet.value(1, 0, "crème & <brûlée>");
            sheet.value(1, 1, "Commercial, Informational");
            sheet.value(1, 2, 1300);
            sheet.value(1, 3, 44.5);
            sheet.value(1, 4, 0.1 + 0.2);
            sheet.value(3, 0, "red shoes");
            sheet.value(3, 2, "n/a");
            sheet.value(3, 3, 140);
            sheet.inlineString(4, 0, "blue shoes");
            sheet.value(4, 2, "1,900");
        }

        Imported imported = read(content);

        assertThat(imported.rows())
                .containsExactly(
                        new KeywordRow(
                                2,
                                "crème & <brûlée>",
                                1_300L,
                                45,
                                300_000L,
                                Intent.COMMERCIAL,
                                null,
                                null,
                                List.of()),
                        new KeywordRow(
                                5, "blue shoes", 1_900L, null, null, null, null, null, List.of()));
        assertThat(imported.report().invalid())
                .containsExactly(
                        new InvalidRow(
                                4, Field.DIFFICULTY, "must be between 0 and 100, found 140"));
    }

    @Test
    void refusesAZipBomb() throws IOException {
        byte[] zeros = new byte[1 << 20];
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(content)) {
            skeleton(zip);
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet.xml"));
            zip.write("<worksheet><sheetData>".getBytes(UTF_8));
            Arrays.fill(zeros, (byte) ' ');
            for (int mebibyte = 0; mebibyte < 64; mebibyte++) {
                zip.write(zeros);
            }
        }

        assertThat(content.size()).isLessThan(200_000);
        assertThat(UnreadableFileTests.refused(content.toByteArray()).code())
                .isEqualTo("too_large");
    }

    @Test
    void allocatesNothingForAForgedColumn() throws IOException {
        byte[] content =
                workbook(
                        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>red shoes</v></c>"
                                + "<c r=\"ZZZZZZ1\"><v>1</v></c></row>");

        assertThat(
                        Fixtures.onFile(
                                        content,
                                        file -> Fixtures.read(file, ColumnMapping.automatic()))
                                .keywords())
                .containsExactly("red shoes");
    }

    /** To read one such number takes 20 ms, and a small archive holds thousands. */
    @Test
    @Timeout(10)
    void doesNotReckonWithNumbersThatAreNone() throws IOException {
        StringBuilder digits = new StringBuilder("1");
        new Random(7).ints(15_000, 0, 10).forEach(digits::append);
        String cell = "<row><c><v>" + digits.toString().repeat(4) + "</v></c></row>";
        String rows =
                "<row><c t=\"inlineStr\"><is><t>Keyword</t></is></c></row>" + cell.repeat(1_000);

        Imported imported =
                Fixtures.onFile(
                        workbook(rows), file -> Fixtures.read(file, ColumnMapping.automatic()));

        assertThat(imported.report().invalidRows()).isEqualTo(1_000);
    }

    @Test
    void refusesEntitiesAndDamage() throws IOException {
        Map<String, String> sheets =
                Map.of(
                        "an entity",
                        "<!DOCTYPE w [<!ENTITY e \"x\">]><worksheet/>",
                        "half a document",
                        "<worksheet><sheetData><row r=\"1\">",
                        "rows that go back",
                        "<worksheet><sheetData><row r=\"5\"/><row"
                                + " r=\"2\"/></sheetData></worksheet>",
                        "a text that is not shared",
                        "<worksheet><sheetData><row r=\"1\"><c"
                                + " t=\"s\"><v>7</v></c></row></sheetData></worksheet>");

        for (Map.Entry<String, String> sheet : sheets.entrySet()) {
            assertThat(UnreadableFileTests.refused(archive(sheet.getValue())).code())
                    .as(sheet.getKey())
                    .isEqualTo("malformed_file");
        }
    }

    private static Imported read(ByteArrayOutputStream content) {
        return Fixtures.onFile(
                content.toByteArray(), file -> Fixtures.read(file, ColumnMapping.automatic()));
    }

    private static byte[] workbook(String rows) throws IOException {
        return archive("<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
    }

    private static byte[] archive(String sheet) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(content)) {
            skeleton(zip);
            put(zip, "xl/worksheets/sheet.xml", sheet);
        }
        return content.toByteArray();
    }

    private static void skeleton(ZipOutputStream zip) throws IOException {
        put(
                zip,
                "_rels/.rels",
                "<Relationships><Relationship Id=\"r1\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                        .formatted(WORKBOOK_TYPE));
        put(
                zip,
                "xl/workbook.xml",
                "<workbook xmlns:r=\"%s\"><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>"
                        .formatted(WORKBOOK_TYPE));
        put(
                zip,
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Type=\"%s/worksheet\" Target=\"worksheets/sheet.xml\"/></Relationships>"
                        .formatted(WORKBOOK_TYPE));
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(UTF_8));
        zip.closeEntry();
    }
}
