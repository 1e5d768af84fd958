package com.igny8.planner.clustering;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far two ways of dividing the same items agree, as scikit-learn defines its measures.
 *
 * @param adjustedMutualInformation 1 for the same division, about 0 for chance; exact expectation,
 *     normalised by the arithmetic mean of both entropies
 * @param adjustedRandIndex 1 for the same division, about 0 for chance
 * @param homogeneity 1 if every found group holds one true group only
 * @param completeness 1 if every true group lies in one found group
 */
record Agreement(
        double adjustedMutualInformation,
        double adjustedRandIndex,
        double homogeneity,
        double completeness) {

    private record Pair(int truth, int found) {}

    static Agreement between(int[] truth, int[] found) {
        int items = truth.length;
        Map<Integer, Integer> trueSizes = sizes(truth);
        Map<Integer, Integer> foundSizes = sizes(found);
        Map<Pair, Integer> common = new HashMap<>();
        for (int item = 0; item < items; item++) {
            common.merge(new Pair(truth[item], found[item]), 1, Integer::sum);
        }
        double information = 0;
        double pairsTogether = 0;
        for (Map.Entry<Pair, Integer> entry : common.entrySet()) {
            double both = entry.getValue();
            double expected =
                    (double) trueSizes.getOrDefault(entry.getKey().truth, 0)
                            * foundSizes.getOrDefault(entry.getKey().found, 0);
            information += both / items * Math.log(both * items / expected);
            pairsTogether += both * (both - 1) / 2;
        }
        double trueEntropy = entropy(trueSizes, items);
        double foundEntropy = entropy(foundSizes, items);
        double chance = expectedInformation(trueSizes, foundSizes, items);
        return new Agreement(
                ratio(information - chance, (trueEntropy + foundEntropy) / 2 - chance),
                randIndex(pairsTogether, pairs(trueSizes), pairs(foundSizes), items),
                ratio(information, trueEntropy),
                ratio(information, foundEntropy));
    }

    private static Map<Integer, Integer> sizes(int[] groupOf) {
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (int group : groupOf) {
            sizes.merge(group, 1, Integer::sum);
        }
        return sizes;
    }

    private static double entropy(Map<Integer, Integer> sizes, int items) {
        return sizes.values().stream()
                .mapToDouble(size -> -(double) size / items * Math.log((double) size / items))
                .sum();
    }

    private static double pairs(Map<Integer, Integer> sizes) {
        return sizes.values().stream().mapToDouble(size -> size * (size - 1.0) / 2).sum();
    }

    private static double randIndex(
            double together, double truePairs, double foundPairs, int items) {
        double chance = truePairs * foundPairs / (items * (items - 1.0) / 2);
        return ratio(together - chance, (truePairs + foundPairs) / 2 - chance);
    }

    /** Two divisions without any information agree. */
    private static double ratio(double part, double whole) {
        return Math.abs(whole) < 1e-12 ? 1 : part / whole;
    }

    /** The mean over all divisions into groups of these sizes (hypergeometric). */
    private static double expectedInformation(
            Map<Integer, Integer> trueSizes, Map<Integer, Integer> foundSizes, int items) {
        double[] logFactorials = new double[items + 1];
        for (int number = 2; number <= items; number++) {
            logFactorials[number] = logFactorials[number - 1] + Math.log(number);
        }
        // Groups of equal sizes contribute equally: count them instead of repeating the sum
        Map<Integer, Long> trueCounts = countBySize(trueSizes);
        Map<Integer, Long> foundCounts = countBySize(foundSizes);
        double sum = 0;
        for (Map.Entry<Integer, Long> left : trueCounts.entrySet()) {
            for (Map.Entry<Integer, Long> right : foundCounts.entrySet()) {
                sum +=
                        (double) (left.getValue() * right.getValue())
                                * expected(left.getKey(), right.getKey(), items, logFactorials);
            }
        }
        return sum;
    }

    private static Map<Integer, Long> countBySize(Map<Integer, Integer> sizes) {
        Map<Integer, Long> counts = new TreeMap<>();
        sizes.values().forEach(size -> counts.merge(size, 1L, Long::sum));
        return counts;
    }

    private static double expected(int left, int right, int items, double[] logFactorials) {
        double sum = 0;
        for (int both = Math.max(1, left + right - items); both <= Math.min(left, right); both++) {
            double logProbability =
                    logFactorials[left]
                            + logFactorials[right]
                            + logFactorials[items - left]
                            + logFactorials[items - right]
                            - logFactorials[items]
                            - logFactorials[both]
                            - logFactorials[left - both]
                            - logFactorials[right - both]
                            - logFactorials[items - left - right + both];
            sum +=
                    (double) both
                            / items
                            * Math.log((double) both * items / ((double) left * right))
                            * Math.exp(logProbability);
        }
        return sum;
    }
}
