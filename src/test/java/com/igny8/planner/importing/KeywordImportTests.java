package com.igny8.planner.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.planner.importing.Fixtures.Imported;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class KeywordImportTests {
    @Test
    void namesEveryFaultOfARow() {
        Imported imported =
                Fixtures.readText(
                        """
                        Keyword,Volume,KD,CPC,Intent
                        good one,10,5,1.00,I
                        bad one,abc,140,free,magic
                        ???,10,5,1,I
                        ,10,5,1,I
                        """);

        assertThat(imported.keywords()).containsExactly("good one");
        assertThat(imported.report().rows()).isEqualTo(4);
        assertThat(imported.report().invalidRows()).isEqualTo(3);
        assertThat(imported.report().errors()).isEqualTo(6);
        assertThat(imported.report().invalid())
                .containsExactly(
                        new InvalidRow(
                                3, Field.VOLUME, "must be a whole number from 0, found “abc”"),
                        new InvalidRow(3, Field.DIFFICULTY, "must be between 0 and 100, found 140"),
                        new InvalidRow(
                                3, Field.CPC, "must be an amount such as 1.23, found “free”"),
                        new InvalidRow(
                                3,
                                Field.INTENT,
                                "must be informational, navigational, commercial or transactional,"
                                        + " found “magic”"),
                        new InvalidRow(
                                4,
                                Field.KEYWORD,
                                "must be text with a letter or a digit, found “???”"),
                        new InvalidRow(5, Field.KEYWORD, "is missing"));
    }

    @Test
    void letsTheFirstRowStandAndFillsInWhatItDoesNotKnow() {
        Imported imported =
                Fixtures.readText(
                        """
                        Keyword,Volume,KD
                        Red  Shoes,10,n/a
                        red shoes,20,30
                        """);

        assertThat(imported.rows()).hasSize(1);
        assertThat(imported.rows().getFirst().keyword()).isEqualTo("Red Shoes");
        assertThat(imported.rows().getFirst().volume()).isEqualTo(10);
        assertThat(imported.rows().getFirst().difficulty()).isEqualTo(30);
        assertThat(imported.report().duplicates()).isEqualTo(1);
    }

    @Test
    void keepsTheSameKeywordOfTwoMarketsApart() {
        assertThat(
                        Fixtures.readText(
                                        "Keyword,Country\nfootball,us\nfootball,gb\nFootball,US\n")
                                .report())
                .extracting(ImportReport::valid, ImportReport::duplicates)
                .containsExactly(2, 1);
    }

    @Test
    void doesNotCountBlankLines() {
        Imported imported = Fixtures.readText("Keyword,Volume\n\n,\nred shoes,1\n\n");

        assertThat(imported.report().rows()).isEqualTo(1);
        assertThat(imported.rows().getFirst().row()).isEqualTo(4);
    }

    @Test
    void refusesOverlongKeywords() {
        assertThat(Fixtures.readText("keyword\nok\n" + "a".repeat(501)).report().invalid())
                .containsExactly(
                        new InvalidRow(
                                3,
                                Field.KEYWORD,
                                "must be at most 500 characters long, found 501"));
        assertThat(Fixtures.readText("keyword\n" + "😀a".repeat(100)).report().valid()).isOne();
    }

    @Test
    void spellsOutTheFirstErrorsAndCountsAll() {
        String rows =
                IntStream.range(0, 500)
                        .mapToObj(row -> "keyword %d,-1".formatted(row))
                        .collect(Collectors.joining("\n"));

        ImportReport report = Fixtures.readText("Keyword,Volume\n" + rows).report();

        assertThat(report.invalid()).hasSize(KeywordImport.INVALID_SHOWN_MAX);
        assertThat(report.invalidRows()).isEqualTo(500);
        assertThat(report.errors()).isEqualTo(500);
    }

    @Test
    void asksForTheKeywordColumnWhereNoHeaderNamesIt() {
        ImportOutcome outcome =
                new KeywordImport(Fixtures.ROWS_MAX, ColumnMapping.automatic())
                        .preview(Fixtures.file("questions.csv"));

        assertThat(outcome)
                .isEqualTo(
                        new MappingNeeded(
                                List.of(
                                        new MappingNeeded.Column(
                                                "text",
                                                List.of(
                                                        "How do I locate my card?",
                                                        "I still have not received my new card, I"
                                                                + " ordered over a week ago.",
                                                        "I ordered a card but it has not arrived."
                                                                + " Help please!"),
                                                Field.KEYWORD),
                                        new MappingNeeded.Column(
                                                "category", List.of("card_arrival"), null))));
    }

    @Test
    void readsTheColumnThatAPersonNamed() {
        Imported imported =
                Fixtures.read(
                        Fixtures.file("questions.csv"),
                        new ColumnMapping(Map.of("Text", Field.KEYWORD)));

        assertThat(imported.report())
                .extracting(ImportReport::rows, ImportReport::valid, ImportReport::duplicates)
                .containsExactly(4, 3, 1);
        assertThat(imported.rows().getFirst().row()).isEqualTo(2);
    }

    @Test
    void readsNamelessColumnsByPosition() {
        byte[] table =
                "red shoes,100\nblue shoes,200\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ColumnMapping mapping =
                new ColumnMapping(Map.of("Column 1", Field.KEYWORD, "Column 2", Field.VOLUME));

        ImportOutcome question =
                Fixtures.onFile(
                        table,
                        file -> new KeywordImport(10, ColumnMapping.automatic()).preview(file));
        Imported imported = Fixtures.onFile(table, file -> Fixtures.read(file, mapping));

        assertThat(((MappingNeeded) question).columns())
                .extracting(MappingNeeded.Column::name)
                .containsExactly("Column 1", "Column 2");
        assertThat(imported.keywords()).containsExactly("red shoes", "blue shoes");
        assertThat(imported.row("red shoes").volume()).isEqualTo(100);
    }

    @Test
    void leavesOutAnIgnoredColumnAndReadsTheRest() {
        byte[] table = "text,Volume,KD\nred shoes,much,5\n".getBytes(StandardCharsets.UTF_8);
        ColumnMapping mapping =
                new ColumnMapping(Map.of("text", Field.KEYWORD, "Volume", Field.IGNORED));

        Imported imported = Fixtures.onFile(table, file -> Fixtures.read(file, mapping));

        assertThat(imported.row("red shoes").volume()).isNull();
        assertThat(imported.row("red shoes").difficulty()).isEqualTo(5);
    }

    @Test
    void handsOnNothingWhenPreviewing() {
        assertThat(
                        new KeywordImport(10, ColumnMapping.automatic())
                                .preview(Fixtures.file("plain-list.txt")))
                .isInstanceOf(ImportReport.class);
    }
}
