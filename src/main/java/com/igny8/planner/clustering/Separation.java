package com.igny8.planner.clustering;

import java.util.Arrays;

/**
 * How well a division sets keywords apart; the number of clusters is the one that does best.
 *
 * <p>For every keyword {@code own} is its mean similarity to the rest of its cluster, {@code other}
 * that to the nearest other cluster. Their difference (margin) alone prefers few clusters, divided
 * by the greater dissimilarity (silhouette) it prefers many; the product of the two means found the
 * number best on sets of very different grain (docs/decisions/003-clustering.md).
 */
final class Separation {
    /** Enough for two digits of the score; the sample is spread evenly. */
    private static final int SAMPLE = 2_000;

    /**
     * There is always another cluster at least this near: that of everything there is. So one
     * single cluster can be compared with several, and keywords that have nothing in common count
     * against being together.
     */
    static final double BACKGROUND = 0.2;

    private Separation() {}

    static double score(SimilaritySpace space, int[] clusterOf, int clusters) {
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
            double other = Math.max(BACKGROUND, greatest(similarities));
            margins += own - other;
            double dissimilarity = Math.max(1 - own, 1 - other);
            silhouettes += dissimilarity <= 0 ? 0 : (own - other) / dissimilarity;
        }
        // Two negatives must not make a good score
        return Math.max(0, silhouettes / sample) * Math.max(0, margins / sample);
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
