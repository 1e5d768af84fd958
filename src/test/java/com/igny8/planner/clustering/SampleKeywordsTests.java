package com.igny8.planner.clustering;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.ai.Embeddings;
import com.igny8.planner.importing.ColumnMapping;
import com.igny8.planner.importing.KeywordImport;
import com.igny8.planner.importing.KeywordRow;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The list every new customer may try, with the real model: what a person expects of it. */
class SampleKeywordsTests {
    private static final Path SAMPLE =
            Path.of("src/main/resources/static/samples/technology-keywords.csv");
    private static final int ROWS_MAX = 2_000;

    /** Of ten keywords of a family nine are together. */
    private static final double LEAST_SHARE_TOGETHER = 0.9;

    private static final List<KeywordRow> ROWS = new ArrayList<>();
    private static Clustering clustering = new Clustering(List.of(), List.of());

    @BeforeAll
    static void cluster() throws InterruptedException {
        new KeywordImport(ROWS_MAX, ColumnMapping.automatic()).read(SAMPLE, ROWS::addAll);
        List<float[]> vectors;
        try (Embeddings embeddings = new Embeddings(2)) {
            vectors = embeddings.embed(ROWS.stream().map(KeywordRow::keyword).toList());
        }
        List<EmbeddedKeyword> keywords =
                IntStream.range(0, ROWS.size())
                        .mapToObj(
                                row ->
                                        new EmbeddedKeyword(
                                                ROWS.get(row).keyword(),
                                                vectors.get(row),
                                                ROWS.get(row).volume(),
                                                ROWS.get(row).serpUrls()))
                        .toList();
        clustering = new Clusterer(2).cluster(keywords);
    }

    @Test
    void onlyStrangersStayOut() {
        assertThat(ROWS).hasSize(1_000);
        assertThat(clustering.unclustered()).hasSizeBetween(20, 70);
        assertThat(clustering.unclustered().stream().map(row -> ROWS.get(row).keyword()))
                .contains("robot vacuum for pet hair", "nft meaning", "square vs clover");
    }

    /** Coverage would be easily had by a few clusters of everything. */
    @Test
    void thereAreAsManyClustersAsTopics() {
        assertThat(clustering.clusters()).hasSizeBetween(35, 50);
        assertThat(clustering.clusters())
                .allSatisfy(cluster -> assertThat(cluster.size()).isLessThan(40))
                .allSatisfy(cluster -> assertThat(cluster.cohesion()).isGreaterThan(0.3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vpn",
                "kubernetes",
                "password manager",
                "wifi router",
                "3d printer",
                "smartwatch",
                "earbuds",
                "gaming laptop",
                "graphics card",
                "mechanical keyboard",
                "external hard drive",
                "cloud storage",
                "web hosting",
                "accounting software",
                "email marketing",
                "video editing",
                "blockchain"
            })
    void familyIsTogether(String words) {
        List<Integer> family =
                IntStream.range(0, ROWS.size())
                        .filter(row -> ROWS.get(row).keyword().contains(words))
                        .mapToObj(clustering.clusterOf()::get)
                        .toList();
        Map<Integer, Long> sizes =
                family.stream()
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(family).hasSizeGreaterThan(10).doesNotContain(Clustering.UNCLUSTERED);
        assertThat(Collections.max(sizes.values()))
                .isGreaterThanOrEqualTo((long) Math.floor(LEAST_SHARE_TOGETHER * family.size()));
    }

    @Test
    void namesAreThoseOfWholeTopics() {
        assertThat(clustering.clusters())
                .extracting(KeywordCluster::name)
                .contains(
                        "vpn",
                        "kubernetes",
                        "password manager",
                        "wifi routers",
                        "smartwatches",
                        "best 3d printers",
                        "best crm software",
                        "best cloud storage",
                        "best wireless earbuds",
                        "best graphics cards",
                        "best web development courses");
    }
}
