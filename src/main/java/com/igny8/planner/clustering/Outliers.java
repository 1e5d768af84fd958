package com.igny8.planner.clustering;

import java.util.Arrays;

/**
 * Takes out of the clusters what does not fit. Nobody is moved to another cluster instead: moving
 * keywords to the nearest centre made clusters worse, as they need not be round.
 */
final class Outliers {
    /** A keyword less alike than this to the others of its cluster would look odd there. */
    static final double LEAST_SIMILARITY = 0.35;

    private Outliers() {}

    /** Clusters renumbered without gaps; {@link Clustering#UNCLUSTERED} for who is in none. */
    static int[] leaveOut(SimilaritySpace space, int[] clusterOf) {
        int clusters = Separation.count(clusterOf);
        Sums sums = new Sums(space, clusterOf, clusters);
        int[] sizes = new int[clusters];
        boolean[] fits = new boolean[clusterOf.length];
        for (int keyword = 0; keyword < clusterOf.length; keyword++) {
            int cluster = clusterOf[keyword];
            fits[keyword] = sums.meanSimilarityToOthers(keyword, cluster) >= LEAST_SIMILARITY;
            sizes[cluster] += fits[keyword] ? 1 : 0;
        }
        int[] numbers = new int[clusters];
        int numbered = 0;
        int[] settled = new int[clusterOf.length];
        Arrays.fill(settled, Clustering.UNCLUSTERED);
        for (int keyword = 0; keyword < clusterOf.length; keyword++) {
            int cluster = clusterOf[keyword];
            if (fits[keyword] && sizes[cluster] > 1) {
                if (numbers[cluster] == 0) {
                    numbers[cluster] = ++numbered;
                }
                settled[keyword] = numbers[cluster] - 1;
            }
        }
        return settled;
    }
}
