package com.igny8.planner.clustering;

import java.util.Comparator;
import java.util.List;

/**
 * Picks the member a cluster is called by: among the most central the most searched, and if volumes
 * are unknown or equal the most central.
 */
final class ClusterNames {
    /** A name must be at least this central, compared with the most central member. */
    private static final double LEAST_SHARE_OF_CENTRALITY = 0.85;

    private ClusterNames() {}

    /**
     * @param volume searches per month, 0 if unknown
     * @param centrality mean similarity to the other members
     */
    record Candidate(String text, long volume, double centrality) {}

    static String choose(List<Candidate> candidates) {
        double greatest =
                candidates.stream().mapToDouble(Candidate::centrality).max().orElseThrow();
        return candidates.stream()
                .filter(each -> each.centrality >= LEAST_SHARE_OF_CENTRALITY * greatest)
                .min(
                        Comparator.comparingLong(Candidate::volume)
                                .thenComparingDouble(Candidate::centrality)
                                .reversed()
                                .thenComparingInt(each -> each.text.length())
                                .thenComparing(Candidate::text))
                .orElseThrow()
                .text();
    }
}
