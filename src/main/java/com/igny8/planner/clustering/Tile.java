package com.igny8.planner.clustering;

/**
 * Points laid out dimension by dimension, so that the products of one probe with all of them are a
 * loop the compiler turns into vector instructions (a sum along one pair of vectors is not: the
 * language fixes its order). Rounding does not depend on which tile a point lies in.
 */
final class Tile {
    private final int points;
    private final float[] valuesByDimension;

    Tile(float[][] points) {
        this.points = points.length;
        int dimensions = points.length == 0 ? 0 : points[0].length;
        this.valuesByDimension = new float[dimensions * points.length];
        for (int point = 0; point < points.length; point++) {
            for (int dimension = 0; dimension < dimensions; dimension++) {
                valuesByDimension[dimension * points.length + point] = points[point][dimension];
            }
        }
    }

    int size() {
        return points;
    }

    /** Writes the product of the probe with every point to the first {@code size()} products. */
    void multiply(float[] probe, float[] products) {
        java.util.Arrays.fill(products, 0, points, 0f);
        float[] values = valuesByDimension;
        int dimension = 0;
        for (; dimension + 3 < probe.length; dimension += 4) {
            float first = probe[dimension];
            float second = probe[dimension + 1];
            float third = probe[dimension + 2];
            float fourth = probe[dimension + 3];
            int row = dimension * points;
            for (int point = 0; point < points; point++) {
                products[point] +=
                        first * values[row + point]
                                + second * values[row + points + point]
                                + third * values[row + 2 * points + point]
                                + fourth * values[row + 3 * points + point];
            }
        }
        for (; dimension < probe.length; dimension++) {
            float value = probe[dimension];
            for (int point = 0; point < points; point++) {
                products[point] += value * values[dimension * points + point];
            }
        }
    }
}
