package com.igny8.planner.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.planner.Intent;
import com.igny8.planner.importing.Fixtures.Imported;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

class DialectTests {
    @Test
    void readsSemrushKeywordMagic() {
        Imported imported = Fixtures.read("semrush-keyword-magic.csv");

        assertThat(imported.rows())
                .containsExactly(
                        row(
                                2,
                                "email marketing software",
                                33_100L,
                                79,
                                28_410_000L,
                                Intent.COMMERCIAL),
                        row(3, "email marketing", 49_500L, 86, 12_600_000L, Intent.INFORMATIONAL),
                        row(4, "mailchimp login", 22_200L, null, 0L, Intent.NAVIGATIONAL),
                        row(5, "newsletter ideas, monthly", 90L, null, null, Intent.INFORMATIONAL));
        assertThat(imported.report().columns())
                .containsEntry(Field.VOLUME, "Volume")
                .containsEntry(Field.CPC, "CPC (USD)");
    }

    @Test
    void readsSemrushApiCodes() {
        Imported imported = Fixtures.read("semrush-api.csv");

        assertThat(imported.row("applicant tracking system").country()).isEqualTo("US");
        assertThat(imported.row("applicant tracking system").intent())
                .isEqualTo(Intent.INFORMATIONAL);
        assertThat(imported.row("ats software").country()).isEqualTo("GB");
        assertThat(imported.row("ats software").difficulty()).isEqualTo(61);
    }

    @Test
    void mergesSemrushPositionsOfOneKeyword() {
        Imported imported = Fixtures.read("semrush-positions.csv");

        assertThat(imported.report().duplicates()).isEqualTo(1);
        assertThat(imported.rows())
                .containsExactly(row(2, "running shoes", 90_500L, 77, 950_000L, Intent.COMMERCIAL));
    }

    @Test
    void readsAhrefsInUtf16() {
        Imported imported = Fixtures.read("ahrefs-keywords-explorer.csv");

        assertThat(imported.rows())
                .containsExactly(
                        new KeywordRow(
                                2,
                                "café near me",
                                1_300L,
                                12,
                                1_200_000L,
                                Intent.TRANSACTIONAL,
                                "US",
                                "en",
                                List.of()),
                        new KeywordRow(
                                3,
                                "cold brew ratio",
                                700L,
                                null,
                                null,
                                Intent.INFORMATIONAL,
                                "GB",
                                "en",
                                List.of()));
    }

    @Test
    void readsKeywordPlannerBelowItsTitleLines() {
        Imported imported = Fixtures.read("keyword-planner.csv");

        assertThat(imported.rows())
                .containsExactly(
                        row(4, "standing desk", 3_162L, null, 580_000L, null),
                        row(5, "sit stand desk", 316L, null, 1_300_000L, null),
                        row(6, "desk riser", 5_000L, null, null, null));
    }

    @Test
    void readsAPlainListLineByLine() {
        Imported imported = Fixtures.read("plain-list.txt");

        assertThat(imported.keywords())
                .containsExactly(
                        "standing desk",
                        "standing desk, adjustable",
                        "27\" monitor arm",
                        "=sum of parts",
                        "@home office");
        assertThat(imported.report().duplicates()).isEqualTo(1);
        assertThat(imported.row("27\" monitor arm").row()).isEqualTo(5);
    }

    @Test
    void readsDecimalCommas() {
        Imported imported = Fixtures.read("decimal-comma.csv");

        assertThat(imported.rows())
                .containsExactly(
                        row(2, "wärmepumpe kosten", 1_300L, 46, 1_234_500_000L, null),
                        row(3, "wärmepumpe", 12_100L, 70, 850_000L, null),
                        row(4, "solaranlage", 1_300L, 12, 2_000_000L, null));
    }

    @Test
    void readsSearchConsoleQueries() {
        assertThat(Fixtures.read("search-console.csv").keywords()).containsExactly("igny8");
    }

    @Test
    void readsAddressesOfResults() {
        Imported imported = Fixtures.read("result-addresses.tsv");

        assertThat(imported.row("running shoes").serpUrls())
                .containsExactly("https://a.example/1", "https://b.example/x,y", "c.example/3");
        assertThat(imported.row("trail shoes").serpUrls())
                .containsExactly("https://a.example/1", "https://d.example/");
    }

    @Test
    void takesAKeywordHeaderForAListToo() {
        assertThat(Fixtures.readText("Keywords\nred shoes\nblue shoes\n").keywords())
                .containsExactly("red shoes", "blue shoes");
    }

    @Test
    void keepsCommasOfAListThatHasAHeader() {
        assertThat(Fixtures.readText("keyword\n" + "shoes, red\n".repeat(20)).keywords())
                .containsExactly("shoes, red");
    }

    @Test
    void obeysExcelsSeparatorNote() {
        assertThat(
                        Fixtures.readText("sep=;\nKeyword;Volume\nred shoes;10\n")
                                .row("red shoes")
                                .row())
                .isEqualTo(3);
    }

    private static KeywordRow row(
            int row,
            String keyword,
            @Nullable Long volume,
            @Nullable Integer difficulty,
            @Nullable Long cpcMicros,
            @Nullable Intent intent) {
        return new KeywordRow(
                row, keyword, volume, difficulty, cpcMicros, intent, null, null, List.of());
    }
}
