package com.igny8.planner.clustering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the number of clusters: divides the graph at many resolutions and keeps the division that
 * separates best, first in coarse steps, then in fine ones around the best. Every cluster is then
 * looked into in the same way, for topics within topics: it is divided further if its parts are as
 * clearly apart as clusters should be.
 */
final class Resolution {
    /**
     * Resolution is number of keywords / grain. Clusters come out at about a tenth of the grain,
     * whatever the number of keywords.
     */
    private static final double FINEST_GRAIN = 20;

    private static final double COARSEST_GRAIN = 16_000;
    private static final double COARSE_STEP = 2;
    private static final double FINE_STEP = Math.pow(COARSE_STEP, 0.25);

    /**
     * There is always another cluster at least this near: that of everything there is. So one
     * single cluster can be compared with several, and keywords that have nothing in common count
     * against being together. Within a cluster its own cohesion takes this place.
     */
    private static final double BACKGROUND = 0.2;

    /** Parts of a cluster stand on their own from this silhouette on. */
    private static final double LEAST_SILHOUETTE = 0.4;

    /** So many keywords are too much for one page: weaker differences do. */
    private static final int LARGE = 100;

    private static final double LEAST_SILHOUETTE_IF_LARGE = 0.3;

    /** Keywords that share half of their results are answered by the same pages already. */
    private static final double SHARED_BY_ONE_PAGE = 0.5;

    /** Fewer keywords are not worth two pages. */
    private static final int SMALLEST_TO_DIVIDE = 12;

    private final SimilaritySpace space;
    private final KeywordGraph graph;
    private final double background;
    private final Workers workers;

    private Resolution(
            SimilaritySpace space, KeywordGraph graph, double background, Workers workers) {
        this.space = space;
        this.graph = graph;
        this.background = background;
        this.workers = workers;
    }

    @SuppressWarnings("ArrayRecordComponent") // stays inside this class
    private record Division(double grain, int[] clusterOf, Separation separation) {
        double score() {
            return separation.score();
        }
    }

    /** The cluster of every keyword, numbered without gaps. */
    static int[] bestDivision(SimilaritySpace space, KeywordGraph graph, Workers workers)
            throws InterruptedException {
        Division division = new Resolution(space, graph, BACKGROUND, workers).best();
        return divideFurther(space, graph, division.clusterOf, workers);
    }

    private static int[] divideFurther(
            SimilaritySpace space, KeywordGraph graph, int[] clusterOf, Workers workers)
            throws InterruptedException {
        int[][] members = Separation.members(clusterOf);
        int[][] parts = new int[members.length][];
        workers.each(
                members.length, cluster -> parts[cluster] = parts(space, graph, members[cluster]));
        int clusters = 0;
        for (int cluster = 0; cluster < members.length; cluster++) {
            for (int number = 0; number < members[cluster].length; number++) {
                clusterOf[members[cluster][number]] = clusters + parts[cluster][number];
            }
            clusters += Separation.count(parts[cluster]);
        }
        return clusterOf;
    }

    private static int[] parts(SimilaritySpace space, KeywordGraph graph, int[] keywords)
            throws InterruptedException {
        if (keywords.length < SMALLEST_TO_DIVIDE) {
            return new int[keywords.length];
        }
        SimilaritySpace onlySpace = space.only(keywords);
        KeywordGraph onlyGraph = graph.only(keywords);
        double cohesion = Separation.cohesion(onlySpace);
        try (Workers thisThread = new Workers(1)) {
            Division division = new Resolution(onlySpace, onlyGraph, cohesion, thisThread).best();
            return isWorthwhile(division, onlySpace)
                    ? divideFurther(onlySpace, onlyGraph, division.clusterOf, thisThread)
                    : new int[keywords.length];
        }
    }

    private static boolean isWorthwhile(Division division, SimilaritySpace space) {
        double least = space.size() < LARGE ? LEAST_SILHOUETTE : LEAST_SILHOUETTE_IF_LARGE;
        return Separation.count(division.clusterOf) > 1
                && division.separation.silhouette() >= least
                && space.sharedResults() < SHARED_BY_ONE_PAGE;
    }

    private Division best() throws InterruptedException {
        Division coarse = best(coarseGrains());
        Division fine = best(grainsAround(coarse.grain));
        return fine.score() > coarse.score() ? fine : coarse;
    }

    private List<Double> coarseGrains() {
        List<Double> grains = new ArrayList<>();
        double coarsest = Math.min(COARSEST_GRAIN, 32.0 * space.size());
        for (double grain = coarsest; grain >= FINEST_GRAIN; grain /= COARSE_STEP) {
            grains.add(grain);
        }
        return grains;
    }

    private static List<Double> grainsAround(double grain) {
        return List.of(
                grain * FINE_STEP * FINE_STEP * FINE_STEP,
                grain * FINE_STEP * FINE_STEP,
                grain * FINE_STEP,
                grain / FINE_STEP,
                grain / FINE_STEP / FINE_STEP,
                grain / FINE_STEP / FINE_STEP / FINE_STEP);
    }

    private Division best(List<Double> grains) throws InterruptedException {
        Division[] divisions = new Division[grains.size()];
        workers.each(
                grains.size(),
                number -> {
                    double grain = grains.get(number);
                    int[] clusterOf = Communities.find(graph, space.size() / grain);
                    divisions[number] =
                            new Division(
                                    grain, clusterOf, Separation.of(space, clusterOf, background));
                });
        // Equally good: the coarser
        return List.of(divisions).stream()
                .max(
                        Comparator.comparingDouble(Division::score)
                                .thenComparingDouble(Division::grain))
                .orElseThrow();
    }
}
