package com.igny8.planner.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class ClustererTests {
    private static final double SPREAD = 0.5;

    private final Clusterer clusterer = new Clusterer(2);

    @Test
    void findsTheTopicsAndHowManyThereAre() throws InterruptedException {
        Clustering clustering = clusterer.cluster(MadeUpMeanings.topics(12, 20, SPREAD, 1));

        assertThat(clustering.clusters()).hasSize(12);
        assertThat(clustering.unclustered()).isEmpty();
        for (int keyword = 0; keyword < 240; keyword++) {
            int firstOfTopic = keyword / 20 * 20;
            assertThat(clustering.clusterOf().get(keyword))
                    .isEqualTo(clustering.clusterOf().get(firstOfTopic));
        }
    }

    @Test
    void findsTopicsOfVeryDifferentSizes() throws InterruptedException {
        List<EmbeddedKeyword> keywords = new ArrayList<>();
        int[] sizes = {200, 60, 25, 9, 4, 2};
        for (int topic = 0; topic < sizes.length; topic++) {
            for (EmbeddedKeyword each :
                    MadeUpMeanings.topics(1, sizes[topic], SPREAD, 50 + topic)) {
                keywords.add(new EmbeddedKeyword(topic + " " + each.text(), each.vector()));
            }
        }

        Clustering clustering = clusterer.cluster(keywords);

        assertThat(clustering.clusters())
                .extracting(KeywordCluster::size)
                .containsExactly(200, 60, 25, 9, 4, 2);
    }

    /** Three lines of business of four topics each: business alone would be too coarse. */
    @Test
    void findsTopicsWithinTopics() throws InterruptedException {
        List<EmbeddedKeyword> keywords = new ArrayList<>();
        for (int topic = 0; topic < 24; topic++) {
            float[] business = MadeUpMeanings.direction(500 + topic / 8);
            float[] centre = MadeUpMeanings.near(business, 0.9, 900 + topic);
            for (int number = 0; number < 15; number++) {
                keywords.add(
                        new EmbeddedKeyword(
                                "topic " + topic + " keyword " + number,
                                MadeUpMeanings.near(centre, 0.3, 10_000 + 100 * topic + number)));
            }
        }

        assertThat(clusterer.cluster(keywords).clusters()).hasSize(24);
    }

    @Test
    void oneTopicIsOneCluster() throws InterruptedException {
        assertThat(clusterer.cluster(MadeUpMeanings.topics(1, 40, SPREAD, 2)).clusters())
                .hasSize(1);
    }

    @Test
    void whatIsLikeNothingElseStaysOut() throws InterruptedException {
        List<EmbeddedKeyword> keywords = new ArrayList<>(MadeUpMeanings.topics(5, 12, SPREAD, 3));
        keywords.add(7, new EmbeddedKeyword("outlier", MadeUpMeanings.direction(77_777)));

        Clustering clustering = clusterer.cluster(keywords);

        assertThat(clustering.unclustered()).containsExactly(7);
        assertThat(clustering.clusters()).hasSize(5);
    }

    @Test
    void keywordsThatHaveNothingInCommonFormNoCluster() throws InterruptedException {
        Clustering clustering = clusterer.cluster(MadeUpMeanings.topics(30, 1, SPREAD, 4));

        assertThat(clustering.clusters()).isEmpty();
        assertThat(clustering.unclustered()).hasSize(30);
    }

    @Test
    void noKeywords() throws InterruptedException {
        assertThat(clusterer.cluster(List.of())).isEqualTo(new Clustering(List.of(), List.of()));
    }

    @Test
    void oneKeywordIsNoCluster() throws InterruptedException {
        assertThat(clusterer.cluster(MadeUpMeanings.topics(1, 1, SPREAD, 5)).clusterOf())
                .containsExactly(Clustering.UNCLUSTERED);
    }

    @Test
    void twoKeywordsAreTogetherIfAlike() throws InterruptedException {
        assertThat(clusterer.cluster(MadeUpMeanings.topics(1, 2, SPREAD, 6)).clusterOf())
                .containsExactly(0, 0);
        assertThat(clusterer.cluster(MadeUpMeanings.topics(2, 1, SPREAD, 6)).clusterOf())
                .containsExactly(Clustering.UNCLUSTERED, Clustering.UNCLUSTERED);
    }

    @Test
    void repetitionsGoTogetherAndCountOnce() throws InterruptedException {
        float[] meaning = MadeUpMeanings.direction(1);
        Clustering clustering =
                clusterer.cluster(
                        List.of(
                                new EmbeddedKeyword("CRM  software", meaning, 100L, List.of()),
                                new EmbeddedKeyword("shoes", MadeUpMeanings.direction(2)),
                                new EmbeddedKeyword("crm software ", meaning, 90L, List.of())));

        assertThat(clustering.clusterOf()).containsExactly(0, Clustering.UNCLUSTERED, 0);
        assertThat(clustering.clusters().getFirst().volume()).isEqualTo(100);
        assertThat(clustering.clusters().getFirst().cohesion()).isEqualTo(1);
    }

    @Test
    void manyTextsOfTheSameMeaningAreOneCluster() throws InterruptedException {
        float[] meaning = MadeUpMeanings.direction(1);
        List<EmbeddedKeyword> keywords =
                IntStream.range(0, 500)
                        .mapToObj(number -> new EmbeddedKeyword("text " + number, meaning))
                        .toList();

        Clustering clustering = clusterer.cluster(keywords);

        assertThat(clustering.clusters())
                .singleElement()
                .satisfies(cluster -> assertThat(cluster.size()).isEqualTo(500));
    }

    @Test
    void orderAndThreadsMakeNoDifference() throws InterruptedException {
        List<EmbeddedKeyword> keywords = MadeUpMeanings.topics(25, 14, 1.2, 7);
        List<EmbeddedKeyword> shuffled = new ArrayList<>(keywords);
        Collections.shuffle(shuffled, new Random(1));

        Clustering first = clusterer.cluster(keywords);
        Clustering second = new Clusterer(1).cluster(shuffled);

        assertThat(texts(second, shuffled)).isEqualTo(texts(first, keywords));
        assertThat(first).isEqualTo(clusterer.cluster(keywords));
        assertThat(first.clusters()).hasSizeGreaterThan(5);
    }

    /** More than are compared pair by pair. */
    @Test
    void thousandsOfKeywordsFallIntoTheirTopicsToo() throws InterruptedException {
        int each = 25;
        int topics = NearestNeighbours.EXACT_LIMIT / each + 20;

        Clustering clustering = clusterer.cluster(MadeUpMeanings.topics(topics, each, SPREAD, 8));

        assertThat(clustering.clusters()).hasSize(topics);
        assertThat(clustering.unclustered()).isEmpty();
    }

    @Test
    void nameIsTheMostSearchedOfTheCentral() throws InterruptedException {
        float[] centre = MadeUpMeanings.direction(1);
        List<EmbeddedKeyword> keywords =
                List.of(
                        new EmbeddedKeyword(
                                "crm", MadeUpMeanings.near(centre, 0.2, 1), 900L, List.of()),
                        new EmbeddedKeyword("crm price", MadeUpMeanings.near(centre, 0.2, 2)),
                        new EmbeddedKeyword(
                                "crm tool", MadeUpMeanings.near(centre, 0.2, 3), 50L, List.of()),
                        new EmbeddedKeyword(
                                "login", MadeUpMeanings.near(centre, 1.1, 4), 9_000L, List.of()));

        KeywordCluster cluster = clusterer.cluster(keywords).clusters().getFirst();

        assertThat(cluster.name()).isEqualTo("crm");
        assertThat(cluster.members()).contains(0, 1, 2);
        assertThat(cluster.cohesion()).isBetween(0.5, 1.0);
    }

    @Test
    void nameHasTheFewestWordsIfVolumesAreUnknown() throws InterruptedException {
        float[] centre = MadeUpMeanings.direction(1);
        List<EmbeddedKeyword> keywords =
                List.of(
                        new EmbeddedKeyword("best crm software", centre),
                        new EmbeddedKeyword("crm software", MadeUpMeanings.near(centre, 0.2, 2)),
                        new EmbeddedKeyword("login", MadeUpMeanings.near(centre, 1.1, 4)));

        assertThat(clusterer.cluster(keywords).clusters().getFirst().name())
                .isEqualTo("crm software");
    }

    @Test
    void unknownVolumeStaysUnknown() throws InterruptedException {
        assertThat(clusterer.cluster(MadeUpMeanings.topics(1, 9, SPREAD, 1)).clusters())
                .singleElement()
                .satisfies(cluster -> assertThat(cluster.volume()).isNull());
    }

    @Test
    void mostSearchedClusterComesFirst() throws InterruptedException {
        List<EmbeddedKeyword> keywords = new ArrayList<>();
        for (EmbeddedKeyword each : MadeUpMeanings.topics(4, 10, SPREAD, 9)) {
            @Nullable Long volume = each.text().startsWith("topic 2") ? 1_000L : 1L;
            keywords.add(new EmbeddedKeyword(each.text(), each.vector(), volume, List.of()));
        }

        Clustering clustering = clusterer.cluster(keywords);

        assertThat(clustering.clusterOf().get(20)).isZero();
        assertThat(clustering.clusters().getFirst().volume()).isEqualTo(10_000);
    }

    /** Two businesses of two topics each: alike, but apart unless the same pages answer both. */
    @Test
    void sharedResultsJoinWhatMeaningAloneKeepsApart() throws InterruptedException {
        List<EmbeddedKeyword> apart = new ArrayList<>();
        for (int number = 0; number < 48; number++) {
            int topic = number / 12;
            float[] business = MadeUpMeanings.direction(300 + topic / 2);
            float[] centre = MadeUpMeanings.near(business, 0.9, 400 + topic);
            apart.add(
                    new EmbeddedKeyword(
                            "topic " + topic + " keyword " + number,
                            MadeUpMeanings.near(centre, 0.4, 1_000 + number)));
        }
        List<EmbeddedKeyword> joined =
                apart.stream().map(each -> withResults(each, results(topic(each) / 2))).toList();

        assertThat(clusterer.cluster(apart).clusters()).hasSize(4);
        assertThat(clusterer.cluster(joined).clusters()).hasSize(2);
    }

    @Test
    void differentResultsSplitWhatMeaningAloneKeepsTogether() throws InterruptedException {
        List<EmbeddedKeyword> together = MadeUpMeanings.topics(3, 16, SPREAD, 11);
        List<EmbeddedKeyword> split = new ArrayList<>();
        for (int number = 0; number < together.size(); number++) {
            EmbeddedKeyword each = together.get(number);
            split.add(withResults(each, results(2 * topic(each) + number % 2)));
        }

        assertThat(clusterer.cluster(together).clusters()).hasSize(3);
        assertThat(clusterer.cluster(split).clusters()).hasSize(6);
    }

    @Test
    void keywordsWithoutResultsLoseNothingByThoseThatHaveSome() throws InterruptedException {
        List<EmbeddedKeyword> keywords = new ArrayList<>(MadeUpMeanings.topics(6, 12, SPREAD, 12));
        for (int number = 0; number < keywords.size(); number += 3) {
            EmbeddedKeyword each = keywords.get(number);
            keywords.set(number, withResults(each, results(topic(each))));
        }

        Clustering clustering = clusterer.cluster(keywords);

        assertThat(clustering.clusters()).hasSize(6);
        assertThat(clustering.unclustered()).isEmpty();
    }

    @Test
    void refusesWhatIsNoKeyword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddedKeyword(" ", MadeUpMeanings.direction(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddedKeyword("zero", new float[8]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddedKeyword("nan", new float[] {Float.NaN, 1}));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                clusterer.cluster(
                                        List.of(
                                                new EmbeddedKeyword("two", new float[] {1, 0}),
                                                new EmbeddedKeyword("one", new float[] {1}))));
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> clusterer.cluster(MadeUpMeanings.topics(20, 20, SPREAD, 1)));
        assertThat(Thread.interrupted()).isFalse();
    }

    private static int topic(EmbeddedKeyword keyword) {
        return Integer.parseInt(keyword.text().split(" ", -1)[1]);
    }

    private static EmbeddedKeyword withResults(EmbeddedKeyword keyword, List<String> urls) {
        return new EmbeddedKeyword(keyword.text(), keyword.vector(), keyword.volume(), urls);
    }

    private static List<String> results(int page) {
        return IntStream.range(0, 10)
                .mapToObj(rank -> "https://site" + rank + ".example/page" + page)
                .toList();
    }

    /** Clusters by name, each by its members' texts: what does not depend on positions. */
    private static List<String> texts(Clustering clustering, List<EmbeddedKeyword> keywords) {
        return clustering.clusters().stream()
                .map(
                        cluster ->
                                cluster.name()
                                        + cluster.members().stream()
                                                .map(member -> keywords.get(member).text())
                                                .toList())
                .toList();
    }
}
