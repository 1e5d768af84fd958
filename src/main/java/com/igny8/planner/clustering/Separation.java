package com.igny8.planner.clustering;

import java.util.Arrays;

/**
 * How well a division sets keywords apart; the number of clusters is the one that does best.
 *
 * <p>For every keyword {@code own} is its mean similarity to the rest of its cluster, {@code other}
 * that to the nearest other cluster. Their difference (margin) alone prefers few clusters, divided
 * by the greater dissimilarity (silhouette) it prefers many; the product of the two means found the
 * number best on sets of very different grain (docs/decisions/003-clustering.md).
 *
 * @param silhouette mean of the margins, each divided by the greater dissimilarity; at most 1
 * @param margin mean of {@code own − other}; at most 1
 */
record Separation(double silhouette, double margin) {
    /** Enough for two digits of the score; the sample is spread evenly. */
    private static final int SAMPLE = 2_000;

    /** So many means fit into a processor's cache. */
    private static final int CLUSTERS_AT_ONCE = 128;

    /**
     * @param background what every keyword is taken to resemble some other cluster by, at least
     */
    static Separation of(SimilaritySpace space, int[] clusterOf, double background) {
        Sums sums = new Sums(space, clusterOf, count(clusterOf));
        int sample = Math.min(SAMPLE, space.size());
        float[] nearest = nearestOther(space, clusterOf, sums, sample);
        double silhouettes = 0;
        double margins = 0;
        for (int position = 0; position < sample; position++) {
            int keyword = sampled(position, sample, space);
            int cluster = clusterOf[keyword];
            if (sums.size(cluster) < 2) {
                continue; // alone: neither good nor bad
            }
            double own = sums.meanSimilarityToOthers(keyword, cluster);
            double other = Math.max(background, nearest[position]);
            margins += own - other;
            double dissimilarity = Math.max(1 - own, 1 - other);
            silhouettes += dissimilarity <= 0 ? 0 : (own - other) / dissimilarity;
        }
        return new Separation(silhouettes / sample, margins / sample);
    }

    /** Mean similarity of the keywords to one another. */
    static double cohesion(SimilaritySpace space) {
        Sums sums = new Sums(space, new int[space.size()], 1);
        double sum = 0;
        for (int keyword = 0; keyword < space.size(); keyword++) {
            sum += sums.meanSimilarityToOthers(keyword, 0);
        }
        return sum / space.size();
    }

    double score() {
        // Two negatives must not make a good score
        return Math.max(0, silhouette) * Math.max(0, margin);
    }

    private static int sampled(int position, int sample, SimilaritySpace space) {
        return (int) ((long) position * space.size() / sample);
    }

    /** Mean similarity of each sampled keyword to the nearest cluster that is not its own. */
    private static float[] nearestOther(
            SimilaritySpace space, int[] clusterOf, Sums sums, int sample) {
        int clusters = count(clusterOf);
        float[] nearest = new float[sample];
        Arrays.fill(nearest, Float.NEGATIVE_INFINITY);
        float[] similarities = new float[CLUSTERS_AT_ONCE];
        for (int from = 0; from < clusters; from += CLUSTERS_AT_ONCE) {
            Tile means = sums.means(from, Math.min(clusters, from + CLUSTERS_AT_ONCE));
            for (int position = 0; position < sample; position++) {
                int keyword = sampled(position, sample, space);
                means.multiply(space.probe(keyword), similarities);
                for (int number = 0; number < means.size(); number++) {
                    if (from + number != clusterOf[keyword]) {
                        nearest[position] = Math.max(nearest[position], similarities[number]);
                    }
                }
            }
        }
        return nearest;
    }

    /** The keywords of every cluster, ascending. */
    static int[][] members(int[] clusterOf) {
        int[][] members = new int[count(clusterOf)][];
        int[] sizes = new int[members.length];
        Arrays.stream(clusterOf).forEach(cluster -> sizes[cluster]++);
        Arrays.setAll(members, cluster -> new int[sizes[cluster]]);
        for (int keyword = clusterOf.length - 1; keyword >= 0; keyword--) {
            members[clusterOf[keyword]][--sizes[clusterOf[keyword]]] = keyword;
        }
        return members;
    }

    /** How many clusters there are, if they are numbered without gaps. */
    static int count(int[] clusterOf) {
        return Arrays.stream(clusterOf).max().orElse(-1) + 1;
    }
}
