package com.igny8.planner.clustering;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What holds for any keywords, alike or not, with and without volumes, results, repetitions. */
class ClustererPropertyTests {
    private final Clusterer clusterer = new Clusterer(1);

    @Property(tries = 30)
    void everyKeywordIsInOneClusterOrNone(
            @ForAll @IntRange(min = 1, max = 12) int topics,
            @ForAll @IntRange(min = 1, max = 12) int each,
            @ForAll @DoubleRange(min = 0, max = 3) double spread,
            @ForAll @IntRange(max = 1_000) int seed)
            throws InterruptedException {
        List<EmbeddedKeyword> keywords = keywords(topics, each, spread, seed);

        Clustering clustering = clusterer.cluster(keywords);

        List<Integer> placed = new ArrayList<>(clustering.unclustered());
        for (int cluster = 0; cluster < clustering.clusters().size(); cluster++) {
            KeywordCluster described = clustering.clusters().get(cluster);
            placed.addAll(described.members());
            assertThat(described.size()).isGreaterThan(1);
            assertThat(described.cohesion()).isBetween(0.0, 1.0);
            assertThat(described.members().stream().map(member -> keywords.get(member).text()))
                    .contains(described.name());
            for (int member : described.members()) {
                assertThat(clustering.clusterOf().get(member)).isEqualTo(cluster);
            }
        }
        assertThat(placed).hasSameSizeAs(keywords).doesNotHaveDuplicates();
    }

    @Property(tries = 30)
    void orderMakesNoDifference(
            @ForAll @IntRange(min = 1, max = 12) int topics,
            @ForAll @IntRange(min = 1, max = 12) int each,
            @ForAll @DoubleRange(min = 0, max = 3) double spread,
            @ForAll @IntRange(max = 1_000) int seed)
            throws InterruptedException {
        List<EmbeddedKeyword> keywords = keywords(topics, each, spread, seed);
        List<EmbeddedKeyword> shuffled = new ArrayList<>(keywords);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(texts(clusterer.cluster(shuffled), shuffled))
                .isEqualTo(texts(clusterer.cluster(keywords), keywords));
    }

    private static List<EmbeddedKeyword> keywords(int topics, int each, double spread, int seed) {
        Random random = new Random(seed);
        List<EmbeddedKeyword> keywords = new ArrayList<>();
        for (EmbeddedKeyword keyword : MadeUpMeanings.topics(topics, each, spread, seed)) {
            List<String> urls =
                    random.nextInt(3) > 0
                            ? List.of()
                            : random.ints(random.nextInt(12), 0, 40)
                                    .mapToObj(page -> "https://example.org/" + page)
                                    .toList();
            Long volume = random.nextBoolean() ? null : (long) random.nextInt(1_000);
            keywords.add(new EmbeddedKeyword(keyword.text(), keyword.vector(), volume, urls));
            if (random.nextInt(10) == 0) {
                keywords.add(new EmbeddedKeyword(keyword.text(), keyword.vector(), volume, urls));
            }
        }
        return keywords;
    }

    private static Set<String> texts(Clustering clustering, List<EmbeddedKeyword> keywords) {
        return clustering.clusters().stream()
                .map(
                        cluster ->
                                cluster.members().stream()
                                                .map(member -> keywords.get(member).text())
                                                .sorted()
                                                .collect(Collectors.joining(", "))
                                        + " called "
                                        + cluster.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
