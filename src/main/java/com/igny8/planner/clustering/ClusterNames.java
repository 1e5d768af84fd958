package com.igny8.planner.clustering;

import java.util.Comparator;
import java.util.List;

/**
 * Picks the member a cluster is called by: among the most central the most searched, and if volumes
 * are unknown or equal that of the fewest words, as it is the least special.
 */
final class ClusterNames {
    /** A name must be at least this central, compared with the most central member. */
    private static final double LEAST_SHARE_OF_CENTRALITY = 0.85;

    private ClusterNames() {}

    /**
     * @param volume searches per month, 0 if unknown
     * @param centrality mean similarity to the other members
     */
    record Candidate(String text, long volume, double centrality) {
        private int words() {
            return text.strip().split("\\s+", -1).length;
        }
    }

    static String choose(List<Candidate> candidates) {
        double greatest =
                candidates.stream().mapToDouble(Candidate::centrality).max().orElseThrow();
        return candidates.stream()
                .filter(each -> each.centrality >= LEAST_SHARE_OF_CENTRALITY * greatest)
                .min(
                        Comparator.comparingLong((Candidate each) -> -each.volume)
                                .thenComparingInt(Candidate::words)
                                .thenComparingDouble(each -> -each.centrality)
                                .thenComparing(Candidate::text))
                .orElseThrow()
                .text();
    }
}
