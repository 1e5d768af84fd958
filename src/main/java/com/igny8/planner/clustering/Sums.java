package com.igny8.planner.clustering;

import java.util.Arrays;

/** The sum of the points of every cluster. */
final class Sums {
    private final SimilaritySpace space;
    private final float[][] sums;
    private final int[] sizes;

    /**
     * @param clusterOf cluster of every keyword, or less than 0 for none
     */
    Sums(SimilaritySpace space, int[] clusterOf, int clusters) {
        this.space = space;
        this.sums = new float[clusters][space.dimensions()];
        this.sizes = new int[clusters];
        for (int keyword = 0; keyword < clusterOf.length; keyword++) {
            if (clusterOf[keyword] >= 0) {
                add(sums[clusterOf[keyword]], space.point(keyword));
                sizes[clusterOf[keyword]]++;
            }
        }
    }

    int size(int cluster) {
        return sizes[cluster];
    }

    /** Mean similarity of a member to the other members; 0 if alone. */
    double meanSimilarityToOthers(int keyword, int cluster) {
        return sizes[cluster] < 2
                ? 0
                : (space.similarity(keyword, sums[cluster]) - space.similarityToItself(keyword))
                        / (sizes[cluster] - 1);
    }

    /** Mean points of the clusters from one to before another; an empty one lies at the origin. */
    Tile means(int from, int to) {
        float[][] means = new float[to - from][];
        Arrays.setAll(
                means,
                number -> {
                    float[] mean = sums[from + number].clone();
                    scale(mean, 1f / Math.max(1, sizes[from + number]));
                    return mean;
                });
        return new Tile(means);
    }

    static void add(float[] sum, float[] point) {
        for (int dimension = 0; dimension < sum.length; dimension++) {
            sum[dimension] += point[dimension];
        }
    }

    static void scaleToLengthOne(float[] vector) {
        double squaredLength = 0;
        for (float value : vector) {
            squaredLength += (double) value * value;
        }
        if (squaredLength > 0) {
            scale(vector, (float) (1 / Math.sqrt(squaredLength)));
        }
    }

    private static void scale(float[] vector, float factor) {
        for (int dimension = 0; dimension < vector.length; dimension++) {
            vector[dimension] *= factor;
        }
    }
}
