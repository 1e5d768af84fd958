package com.igny8.planner.importing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.planner.importing.Fixtures.Imported;

import de.siegmar.fastcsv.writer.CsvWriter;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import org.dhatim.fastexcel.Workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ImportPropertyTests {
    @Property(tries = 300)
    void readsBackWhatAWriterWrote(
            @ForAll @Size(min = 1, max = 30) List<@From("keywords") String> keywords,
            @ForAll("delimiters") char delimiter,
            @ForAll("charsets") Charset charset)
            throws IOException {
        StringWriter text = new StringWriter();
        text.write('\uFEFF');
        try (CsvWriter writer = CsvWriter.builder().fieldSeparator(delimiter).build(text)) {
            writer.writeRecord("Keyword", "Volume");
            keywords.forEach(keyword -> writer.writeRecord(keyword, "10"));
        }

        Imported imported =
                Fixtures.onFile(
                        text.toString().getBytes(charset),
                        file -> Fixtures.read(file, ColumnMapping.automatic()));

        assertThat(imported.report().rows()).isEqualTo(keywords.size());
        assertThat(imported.keywords().stream().map(KeywordText::folded))
                .containsExactlyElementsOf(
                        keywords.stream()
                                .map(KeywordText::normalized)
                                .map(KeywordText::folded)
                                .distinct()
                                .toList());
    }

    @Property(tries = 2_000)
    void meetsArbitraryBytesWithNothingButItsOwnException(@ForAll @Size(max = 400) byte[] content) {
        survives(content);
    }

    @Property(tries = 1_000)
    void meetsArbitraryTextWithNothingButItsOwnException(@ForAll("tableLikeTexts") String content) {
        survives(content.getBytes(UTF_8));
    }

    @Property(tries = 500)
    void meetsADamagedWorkbookWithNothingButItsOwnException(
            @ForAll("positions") int position, @ForAll byte value) throws java.io.IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (var workbook = new Workbook(target, "test", "1.0")) {
            var sheet = workbook.newWorksheet("Keywords");
            sheet.value(0, 0, "Keyword");
            sheet.value(1, 0, "red shoes");
        }
        byte[] content = target.toByteArray();
        content[4 + position % (content.length - 4)] = value;

        survives(content);
    }

    @Property
    void normalizesOnce(@ForAll String text) {
        String once = KeywordText.normalized(text);

        assertThat(KeywordText.normalized(once)).isEqualTo(once);
        assertThat(once).doesNotContain("  ", "\u200B", "\n").isEqualTo(once.strip());
    }

    private static void survives(byte[] content) {
        Fixtures.onFile(
                content,
                file -> {
                    try {
                        return new KeywordImport(100, ColumnMapping.automatic()).preview(file);
                    } catch (UnreadableFile refused) {
                        assertThat(refused.sentence()).isNotBlank();
                        return refused;
                    }
                });
    }

    @Provide
    Arbitrary<String> keywords() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(" \"',;|\t\nÄéß漢=+@-\u200B")
                .ofMaxLength(40)
                .filter(text -> KeywordText.hasLetterOrDigit(text));
    }

    @Provide
    Arbitrary<Character> delimiters() {
        return Arbitraries.of(',', ';', '\t', '|');
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of(UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    }

    @Provide
    Arbitrary<String> tableLikeTexts() {
        return Arbitraries.strings()
                .withChars("keyword,volume;\t\"|\n\r0129.,$€%- –\uFEFF\u0001=")
                .ofMaxLength(200);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 100_000);
    }
}
