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

    /**
     * @param background what every keyword is taken to resemble some other cluster by, at least
     */
    static Separation of(SimilaritySpace space, int[] clusterOf, double background) {
        int clusters = count(clusterOf);
        Sums sums = new Sums(space, clusterOf, clusters);
        Tile means = sums.means();
        float[] similarities = new float[clusters];
        int sample = Math.min(SAMPLE, space.size());
        double silhouettes = 0;
        double margins = 0;
        for (int position = 0; position < sample; position++) {
            int keyword = (int) ((long) position * space.size() / sample);
            int cluster = clusterOf[keyword];
            if (sums.size(cluster) < 2) {
                continue; // alone: neither good nor bad
            }
            means.multiply(space.probe(keyword), similarities);
            similarities[cluster] = Float.NEGATIVE_INFINITY;
            double own = sums.meanSimilarityToOthers(keyword, cluster);
            double other = Math.max(background, greatest(similarities));
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

    private static double greatest(float[] similarities) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (float similarity : similarities) {
            greatest = Math.max(greatest, similarity);
        }
        return greatest;
    }

    /** How many clusters there are, if they are numbered without gaps. */
    static int count(int[] clusterOf) {
        return Arrays.stream(clusterOf).max().orElse(-1) + 1;
    }
}
