package com.igny8.planner.clustering;

import com.google.errorprone.annotations.FormatMethod;
import com.igny8.ai.Embeddings;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Quality and speed of clustering, printed; run by {@code bench/clustering}. Arguments: a labelled
 * CSV file with columns {@code text} and {@code category}, and the largest number of keywords to
 * measure speed with. Fails if quality or speed fall short of what the specification asks.
 */
final class ClusteringBench {
    private static final int K_MEANS_STARTS = 10;
    private static final int[] SIZES = {1_000, 5_000, 20_000, 50_000};
    private static final Map<Integer, Double> MOST_SECONDS = Map.of(1_000, 5.0, 20_000, 90.0);
    private static final int LARGEST_FOR_K_MEANS = 5_000;
    private static final int SHOWN_CLUSTERS = 12;
    private static final int SHOWN_MEMBERS = 5;

    private final Embeddings embeddings = new Embeddings();
    private boolean passed = true;

    private ClusteringBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ClusteringBench bench = new ClusteringBench();
        print("processors: %d", Runtime.getRuntime().availableProcessors());
        bench.measureQuality(Path.of(arguments[0]));
        bench.measureSpeed(Integer.parseInt(arguments[1]));
        bench.embeddings.close();
        System.exit(bench.passed ? 0 : 1);
    }

    private void measureQuality(Path file) throws IOException, InterruptedException {
        List<String> texts = new ArrayList<>();
        List<String> categories = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            csv.forEach(
                    row -> {
                        texts.add(row.getField("text"));
                        categories.add(row.getField("category"));
                    });
        }
        int[] truth = numbered(categories);
        int trueCount = Separation.count(truth);
        List<float[]> vectors = embeddings.embed(texts);
        long started = System.nanoTime();
        Clustering clustering = new Clusterer().cluster(keywords(texts, vectors));
        double seconds = secondsSince(started);
        int[] found = clustering.clusterOf().stream().mapToInt(Integer::intValue).toArray();
        int outliers = clustering.unclustered().size();

        print("%n== Quality: %s, %d texts, %d categories", file, texts.size(), trueCount);
        print(
                "ours: %d clusters found in %.2f s, %d texts unclustered, coverage %.1f %%",
                clustering.clusters().size(),
                seconds,
                outliers,
                100.0 * (texts.size() - outliers) / texts.size());
        Agreement ours = Agreement.between(truth, eachOnItsOwn(found));
        print("%-52s    AMI    ARI  homog. compl.", "");
        report("ours, each unclustered text a cluster of its own", ours);
        report(
                "ours, unclustered texts together one more cluster",
                Agreement.between(truth, found));
        started = System.nanoTime();
        KMeans kMeans = KMeans.best(vectors, trueCount, K_MEANS_STARTS);
        double kMeansSeconds = secondsSince(started);
        Agreement theirs = Agreement.between(truth, kMeans.clusterOf());
        report("k-means told %d, best of %d".formatted(trueCount, K_MEANS_STARTS), theirs);
        print("k-means took %.2f s, %.1f × ours", kMeansSeconds, kMeansSeconds / seconds);
        demand(
                ours.adjustedMutualInformation() >= theirs.adjustedMutualInformation(),
                "adjusted mutual information at least that of k-means told the true number");
        show(clustering, texts);
    }

    private void measureSpeed(int largest) throws InterruptedException {
        print("%n== Speed: made-up keywords (see KeywordGenerator), no search results");
        print(
                "%9s %10s %11s %8s %9s %12s %10s %22s",
                "keywords",
                "embed s",
                "cluster s",
                "total s",
                "clusters",
                "unclustered",
                "growth",
                "k-means ×%d / cluster s".formatted(K_MEANS_STARTS));
        double previousTotal = 0;
        int previousSize = 0;
        for (int size : SIZES) {
            if (size > largest) {
                continue;
            }
            List<String> texts = KeywordGenerator.keywords(size);
            long started = System.nanoTime();
            List<float[]> vectors = embeddings.embed(texts);
            double embedding = secondsSince(started);
            long clusteringStarted = System.nanoTime();
            Clustering clustering = new Clusterer().cluster(keywords(texts, vectors));
            double clusteringSeconds = secondsSince(clusteringStarted);
            double total = embedding + clusteringSeconds;
            print(
                    "%9d %10.2f %11.2f %8.2f %9d %12d %10s %22s",
                    size,
                    embedding,
                    clusteringSeconds,
                    total,
                    clustering.clusters().size(),
                    clustering.unclustered().size(),
                    previousSize == 0
                            ? "-"
                            : "n^%.2f"
                                    .formatted(
                                            Math.log(total / previousTotal)
                                                    / Math.log((double) size / previousSize)),
                    size > LARGEST_FOR_K_MEANS
                            ? "-"
                            : "%.1f×"
                                    .formatted(
                                            kMeansSeconds(vectors, clustering.clusters().size())
                                                    / clusteringSeconds));
            double most = MOST_SECONDS.getOrDefault(size, Double.MAX_VALUE);
            demand(total < most, "%d keywords in less than %.0f s".formatted(size, most));
            if (size == SIZES[0]) {
                show(clustering, texts);
            }
            previousTotal = total;
            previousSize = size;
        }
    }

    private static double kMeansSeconds(List<float[]> vectors, int clusters) {
        long started = System.nanoTime();
        KMeans.best(vectors, clusters, K_MEANS_STARTS);
        return secondsSince(started);
    }

    private static List<EmbeddedKeyword> keywords(List<String> texts, List<float[]> vectors) {
        List<EmbeddedKeyword> keywords = new ArrayList<>();
        for (int number = 0; number < texts.size(); number++) {
            keywords.add(new EmbeddedKeyword(texts.get(number), vectors.get(number)));
        }
        return keywords;
    }

    private static int[] numbered(List<String> categories) {
        Map<String, Integer> numbers = new HashMap<>();
        return categories.stream()
                .mapToInt(
                        category -> {
                            Integer next = numbers.size();
                            Integer known = numbers.putIfAbsent(category, next);
                            return known == null ? next : known;
                        })
                .toArray();
    }

    private static int[] eachOnItsOwn(int[] clusterOf) {
        int[] alone = clusterOf.clone();
        int next = Separation.count(clusterOf);
        for (int item = 0; item < alone.length; item++) {
            if (alone[item] == Clustering.UNCLUSTERED) {
                alone[item] = next++;
            }
        }
        return alone;
    }

    /** A few clusters spread over all sizes, to be judged by eye. */
    private static void show(Clustering clustering, List<String> texts) {
        int count = clustering.clusters().size();
        for (int shown = 0; shown < Math.min(SHOWN_CLUSTERS, count); shown++) {
            KeywordCluster cluster = clustering.clusters().get(shown * count / SHOWN_CLUSTERS);
            print("  [%3d] %s", cluster.size(), cluster.name());
            cluster.members().stream()
                    .limit(SHOWN_MEMBERS)
                    .forEach(member -> print("          %s", texts.get(member)));
        }
    }

    private static void report(String what, Agreement agreement) {
        print(
                "%-52s %.4f %.4f %.4f %.4f",
                what,
                agreement.adjustedMutualInformation(),
                agreement.adjustedRandIndex(),
                agreement.homogeneity(),
                agreement.completeness());
    }

    private void demand(boolean holds, String what) {
        if (!holds) {
            print("FAILED: %s", what);
            passed = false;
        }
    }

    private static double secondsSince(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    @FormatMethod
    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
