package com.igny8.planner.clustering;

import java.util.List;

/**
 * How a list of keywords falls into clusters.
 *
 * @param clusters most searched first, then largest, then by name
 * @param clusterOf for every keyword, in the order given, the position of its cluster in {@code
 *     clusters}, or {@link #UNCLUSTERED}
 */
public record Clustering(List<KeywordCluster> clusters, List<Integer> clusterOf) {
    /** Marks a keyword that resembles no other closely enough. */
    public static final int UNCLUSTERED = -1;

    public Clustering {
        clusters = List.copyOf(clusters);
        clusterOf = List.copyOf(clusterOf);
    }

    /** Positions of the keywords that are in no cluster, ascending. */
    public List<Integer> unclustered() {
        return java.util.stream.IntStream.range(0, clusterOf.size())
                .filter(keyword -> clusterOf.get(keyword) == UNCLUSTERED)
                .boxed()
                .toList();
    }
}
