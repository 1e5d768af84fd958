package com.igny8.planner.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.planner.importing.Fixtures.Imported;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class SampleFileTests {
    private static final Path SAMPLE =
            Path.of("src/main/resources/static/samples/technology-keywords.csv");

    @Test
    void holdsAThousandKeywordsAndTwoBrokenRows() {
        Imported imported = Fixtures.read(SAMPLE, ColumnMapping.automatic());

        assertThat(imported.report().valid()).isGreaterThanOrEqualTo(1_000);
        assertThat(imported.report().duplicates()).isGreaterThanOrEqualTo(10);
        assertThat(imported.report().invalid())
                .containsExactly(
                        new InvalidRow(
                                364, Field.DIFFICULTY, "must be between 0 and 100, found 140"),
                        new InvalidRow(
                                778, Field.VOLUME, "must be a whole number from 0, found “abc”"));
        assertThat(imported.rows()).anyMatch(row -> row.volume() == null);
        assertThat(imported.rows()).anyMatch(row -> row.difficulty() == null);
        assertThat(imported.rows()).anyMatch(row -> row.cpcMicros() == null);
    }

    @Test
    void speaksTheDialectItIsMeantToShow() throws IOException {
        assertThat(Files.readString(SAMPLE))
                .startsWith("\uFEFFKeyword,Intent,Volume,Keyword Difficulty,CPC (USD)\r\n")
                .contains("\"60,500\"")
                .contains("n/a");
    }
}
