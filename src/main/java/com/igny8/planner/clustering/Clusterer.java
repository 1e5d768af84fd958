package com.igny8.planner.clustering;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Groups keywords by meaning, and by the search results they share where those are known. The
 * number of clusters is found, not asked. The same keywords give the same clusters whatever their
 * order and the number of threads. Safe for use by several threads at once.
 */
public final class Clusterer {
    /** Memory is about 4 kB a keyword, 12 kB with search results. */
    public static final int MAX_KEYWORDS = 200_000;

    /** Enough to hold a cluster together, few enough to keep neighbouring ones apart. */
    private static final int NEIGHBOURS = 15;

    private final int threads;

    /** Uses all processors. */
    public Clusterer() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /**
     * @param threads how many to use at most, at least 1
     */
    public Clusterer(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        this.threads = threads;
    }

    /**
     * Takes seconds for tens of thousands of keywords.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_KEYWORDS} keywords or
     *     their vectors differ in dimensions
     * @throws InterruptedException if the calling thread is interrupted; nothing keeps running
     */
    public Clustering cluster(List<EmbeddedKeyword> keywords) throws InterruptedException {
        if (keywords.size() > MAX_KEYWORDS) {
            throw new IllegalArgumentException(
                    "at most " + MAX_KEYWORDS + " keywords, not " + keywords.size());
        }
        if (keywords.stream().mapToInt(each -> each.vector().length).distinct().count() > 1) {
            throw new IllegalArgumentException("vectors differ in dimensions");
        }
        if (keywords.isEmpty()) {
            return new Clustering(List.of(), List.of());
        }
        DistinctKeywords distinct = DistinctKeywords.of(keywords);
        SimilaritySpace space = SimilaritySpace.of(distinct.keywords());
        return describe(keywords, distinct, space, divide(space));
    }

    private int[] divide(SimilaritySpace space) throws InterruptedException {
        try (Workers workers = new Workers(threads)) {
            NearestNeighbours neighbours = NearestNeighbours.find(space, NEIGHBOURS, workers);
            KeywordGraph graph = KeywordGraph.of(neighbours);
            int[] clusterOf = Resolution.bestDivision(space, graph, workers);
            return Settling.settle(space, clusterOf, workers);
        }
    }

    private static Clustering describe(
            List<EmbeddedKeyword> keywords,
            DistinctKeywords distinct,
            SimilaritySpace space,
            int[] divided) {
        int[] clusterOf = withRepetitions(distinct, divided);
        List<List<Integer>> members = new ArrayList<>();
        for (int cluster = 0; cluster < Separation.count(clusterOf); cluster++) {
            members.add(new ArrayList<>());
        }
        for (int number = 0; number < clusterOf.length; number++) {
            if (clusterOf[number] >= 0) {
                members.get(clusterOf[number]).add(number);
            }
        }
        Sums sums = new Sums(space, clusterOf, members.size());
        List<KeywordCluster> clusters = new ArrayList<>();
        for (int cluster = 0; cluster < members.size(); cluster++) {
            clusters.add(describe(keywords, distinct, members.get(cluster), cluster, sums));
        }
        clusters.sort(
                Comparator.<KeywordCluster>comparingLong(
                                each -> each.volume() == null ? 0 : each.volume())
                        .thenComparingInt(KeywordCluster::size)
                        .reversed()
                        .thenComparing(KeywordCluster::name));
        List<Integer> clusterOfGiven =
                new ArrayList<>(Collections.nCopies(keywords.size(), Clustering.UNCLUSTERED));
        for (int cluster = 0; cluster < clusters.size(); cluster++) {
            for (int position : clusters.get(cluster).members()) {
                clusterOfGiven.set(position, cluster);
            }
        }
        return new Clustering(clusters, clusterOfGiven);
    }

    /**
     * A keyword that stands in the list more than once is a cluster even if it is like no other.
     */
    private static int[] withRepetitions(DistinctKeywords distinct, int[] divided) {
        int[] clusterOf = divided.clone();
        int clusters = Separation.count(divided);
        for (int number = 0; number < clusterOf.length; number++) {
            if (clusterOf[number] < 0 && distinct.positions().get(number).size() > 1) {
                clusterOf[number] = clusters++;
            }
        }
        return clusterOf;
    }

    private static KeywordCluster describe(
            List<EmbeddedKeyword> keywords,
            DistinctKeywords distinct,
            List<Integer> members,
            int cluster,
            Sums sums) {
        double[] centralities =
                members.stream()
                        .mapToDouble(
                                member ->
                                        members.size() == 1
                                                ? 1
                                                : sums.meanSimilarityToOthers(member, cluster))
                        .toArray();
        List<ClusterNames.Candidate> candidates = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        @Nullable Long volume = null;
        for (int rank : byCentrality(centralities)) {
            int member = members.get(rank);
            List<Integer> repetitions = distinct.positions().get(member);
            @Nullable Long memberVolume = volume(keywords, repetitions);
            candidates.add(
                    new ClusterNames.Candidate(
                            distinct.keywords().get(member).text(),
                            memberVolume == null ? 0 : memberVolume,
                            centralities[rank]));
            positions.addAll(repetitions);
            if (memberVolume != null) {
                volume = (volume == null ? 0 : volume) + memberVolume;
            }
        }
        return new KeywordCluster(
                ClusterNames.choose(candidates),
                positions,
                volume,
                Math.min(1, Arrays.stream(centralities).average().orElse(1)));
    }

    private static List<Integer> byCentrality(double[] centralities) {
        return java.util.stream.IntStream.range(0, centralities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(rank -> -centralities[rank]))
                .toList();
    }

    /** That of the same text is the same volume: repetitions do not add up. */
    private static @Nullable Long volume(List<EmbeddedKeyword> keywords, List<Integer> positions) {
        return positions.stream()
                .map(position -> keywords.get(position).volume())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
