package com.igny8.planner.clustering;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The yardstick: k-means told the number of clusters, started by k-means++.
 *
 * @param inertia sum of squared distances to the own centre
 */
@SuppressWarnings("ArrayRecordComponent")
record KMeans(int[] clusterOf, double inertia) {
    private static final int MOST_ROUNDS = 300;

    /** The one of least inertia of several starts, as scikit-learn does. */
    static KMeans best(List<float[]> vectors, int clusters, int starts) {
        KMeans best = run(vectors, clusters, 0);
        for (int seed = 1; seed < starts; seed++) {
            KMeans next = run(vectors, clusters, seed);
            best = next.inertia < best.inertia ? next : best;
        }
        return best;
    }

    private static KMeans run(List<float[]> vectors, int clusters, long seed) {
        float[][] centres = start(vectors, clusters, new SplittableRandom(seed));
        int[] clusterOf = new int[vectors.size()];
        Arrays.fill(clusterOf, -1);
        for (int round = 0; ; round++) {
            KMeans assigned = assign(vectors, centres);
            if (Arrays.equals(assigned.clusterOf, clusterOf) || round == MOST_ROUNDS) {
                return assigned;
            }
            clusterOf = assigned.clusterOf;
            moveCentres(vectors, clusterOf, centres);
        }
    }

    private static float[][] start(List<float[]> vectors, int clusters, SplittableRandom random) {
        float[][] centres = new float[clusters][];
        double[] distances = new double[vectors.size()];
        Arrays.fill(distances, Double.MAX_VALUE);
        centres[0] = vectors.get(random.nextInt(vectors.size())).clone();
        for (int centre = 1; centre < clusters; centre++) {
            Tile last = new Tile(new float[][] {centres[centre - 1]});
            float[] product = new float[1];
            for (int item = 0; item < distances.length; item++) {
                last.multiply(vectors.get(item), product);
                distances[item] = Math.min(distances[item], Math.max(0, 2 - 2 * product[0]));
            }
            double left = random.nextDouble() * Arrays.stream(distances).sum();
            int chosen = 0;
            while (chosen < distances.length - 1 && (left -= distances[chosen]) > 0) {
                chosen++;
            }
            centres[centre] = vectors.get(chosen).clone();
        }
        return centres;
    }

    private static KMeans assign(List<float[]> vectors, float[][] centres) {
        Tile tile = new Tile(centres);
        double[] squaredLengths = new double[centres.length];
        Arrays.setAll(squaredLengths, centre -> squaredLength(centres[centre]));
        int[] clusterOf = new int[vectors.size()];
        float[] products = new float[centres.length];
        double inertia = 0;
        for (int item = 0; item < clusterOf.length; item++) {
            tile.multiply(vectors.get(item), products);
            double least = Double.MAX_VALUE;
            for (int centre = 0; centre < centres.length; centre++) {
                double distance = 1 + squaredLengths[centre] - 2 * products[centre];
                if (distance < least) {
                    least = distance;
                    clusterOf[item] = centre;
                }
            }
            inertia += least;
        }
        return new KMeans(clusterOf, inertia);
    }

    private static double squaredLength(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return sum;
    }

    private static void moveCentres(List<float[]> vectors, int[] clusterOf, float[][] centres) {
        float[][] sums = new float[centres.length][centres[0].length];
        int[] sizes = new int[centres.length];
        for (int item = 0; item < clusterOf.length; item++) {
            Sums.add(sums[clusterOf[item]], vectors.get(item));
            sizes[clusterOf[item]]++;
        }
        for (int centre = 0; centre < centres.length; centre++) {
            for (int dimension = 0;
                    sizes[centre] > 0 && dimension < sums[centre].length;
                    dimension++) {
                centres[centre][dimension] = sums[centre][dimension] / sizes[centre];
            }
        }
    }
}
