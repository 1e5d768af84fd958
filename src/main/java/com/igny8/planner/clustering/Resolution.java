package com.igny8.planner.clustering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the number of clusters: divides the graph at many resolutions and keeps the division that
 * separates best. First in coarse steps, then in fine ones around the best.
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

    private final SimilaritySpace space;
    private final KeywordGraph graph;
    private final Workers workers;

    private Resolution(SimilaritySpace space, KeywordGraph graph, Workers workers) {
        this.space = space;
        this.graph = graph;
        this.workers = workers;
    }

    @SuppressWarnings("ArrayRecordComponent") // stays inside this class
    private record Division(double grain, int[] clusterOf, double score) {}

    static int[] bestDivision(SimilaritySpace space, KeywordGraph graph, Workers workers)
            throws InterruptedException {
        Resolution resolution = new Resolution(space, graph, workers);
        Division coarse = resolution.best(coarseGrains(space.size()));
        Division fine = resolution.best(grainsAround(coarse.grain));
        return (fine.score > coarse.score ? fine : coarse).clusterOf;
    }

    private static List<Double> coarseGrains(int keywords) {
        List<Double> grains = new ArrayList<>();
        double coarsest = Math.min(COARSEST_GRAIN, 32.0 * keywords);
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
                    double score = Separation.score(space, clusterOf, Separation.count(clusterOf));
                    divisions[number] = new Division(grain, clusterOf, score);
                });
        // Equally good: the coarser, which comes first
        return List.of(divisions).stream()
                .max(
                        Comparator.comparingDouble(Division::score)
                                .thenComparingDouble(Division::grain))
                .orElseThrow();
    }
}
