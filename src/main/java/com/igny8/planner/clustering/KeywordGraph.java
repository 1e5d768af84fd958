package com.igny8.planner.clustering;

import java.util.Arrays;

/**
 * Which keywords, or groups of keywords, are tied to which others, and how strongly. Ties go both
 * ways; those of node n stand at positions {@code starts[n]} to {@code starts[n + 1] − 1}.
 *
 * @param weights strength of each tie, above 0
 * @param masses for every node the strength of all ties of its keywords, those within it included
 */
@SuppressWarnings("ArrayRecordComponent") // stays inside the package, nobody writes to it
record KeywordGraph(int[] starts, int[] targets, double[] weights, double[] masses) {
    /** Two short texts less alike than this have no topic in common. */
    static final float WEAKEST_TIE = 0.35f;

    static KeywordGraph of(NearestNeighbours neighbours) {
        int[][] ids = neighbours.ids();
        int[] sources = new int[2 * Arrays.stream(ids).mapToInt(each -> each.length).sum()];
        int[] targets = new int[sources.length];
        double[] weights = new double[sources.length];
        int ties = 0;
        for (int keyword = 0; keyword < ids.length; keyword++) {
            for (int rank = 0; rank < ids[keyword].length; rank++) {
                float similarity = neighbours.similarities()[keyword][rank];
                if (similarity >= WEAKEST_TIE) {
                    // Each of the two gives half: a tie both name is twice as strong
                    double weight = similarity * similarity / 2;
                    ties =
                            set(
                                    sources,
                                    targets,
                                    weights,
                                    ties,
                                    keyword,
                                    ids[keyword][rank],
                                    weight);
                    ties =
                            set(
                                    sources,
                                    targets,
                                    weights,
                                    ties,
                                    ids[keyword][rank],
                                    keyword,
                                    weight);
                }
            }
        }
        return merge(
                        ids.length,
                        Arrays.copyOf(sources, ties),
                        Arrays.copyOf(targets, ties),
                        Arrays.copyOf(weights, ties),
                        new double[ids.length])
                .withMassesOfTies();
    }

    private KeywordGraph withMassesOfTies() {
        for (int node = 0; node < size(); node++) {
            masses[node] = 0;
            for (int tie = starts[node]; tie < starts[node + 1]; tie++) {
                masses[node] += weights[tie];
            }
        }
        return this;
    }

    private static int set(
            int[] sources,
            int[] targets,
            double[] weights,
            int tie,
            int source,
            int target,
            double weight) {
        sources[tie] = source;
        targets[tie] = target;
        weights[tie] = weight;
        return tie + 1;
    }

    /** The graph whose nodes are the groups; ties within a group go into its mass only. */
    KeywordGraph between(int[] groupOf, int groups) {
        int[] sources = new int[targets.length];
        int[] groupTargets = new int[targets.length];
        double[] groupWeights = new double[targets.length];
        double[] groupMasses = new double[groups];
        int ties = 0;
        for (int node = 0; node < size(); node++) {
            groupMasses[groupOf[node]] += masses[node];
            for (int tie = starts[node]; tie < starts[node + 1]; tie++) {
                int target = groupOf[targets[tie]];
                if (target != groupOf[node]) {
                    ties =
                            set(
                                    sources,
                                    groupTargets,
                                    groupWeights,
                                    ties,
                                    groupOf[node],
                                    target,
                                    weights[tie]);
                }
            }
        }
        return merge(
                groups,
                Arrays.copyOf(sources, ties),
                Arrays.copyOf(groupTargets, ties),
                Arrays.copyOf(groupWeights, ties),
                groupMasses);
    }

    /** The graph of these nodes, ascending, and the ties between them alone. */
    KeywordGraph only(int[] nodes) {
        int[] onlyStarts = new int[nodes.length + 1];
        int capacity = Arrays.stream(nodes).map(node -> starts[node + 1] - starts[node]).sum();
        int[] onlyTargets = new int[capacity];
        double[] onlyWeights = new double[capacity];
        int ties = 0;
        for (int number = 0; number < nodes.length; number++) {
            for (int tie = starts[nodes[number]]; tie < starts[nodes[number] + 1]; tie++) {
                int target = Arrays.binarySearch(nodes, targets[tie]);
                if (target >= 0) {
                    onlyTargets[ties] = target;
                    onlyWeights[ties++] = weights[tie];
                }
            }
            onlyStarts[number + 1] = ties;
        }
        return new KeywordGraph(
                        onlyStarts,
                        Arrays.copyOf(onlyTargets, ties),
                        Arrays.copyOf(onlyWeights, ties),
                        new double[nodes.length])
                .withMassesOfTies();
    }

    /** Sorts ties by source and target, by counting, and adds up those that agree in both. */
    private static KeywordGraph merge(
            int nodes, int[] sources, int[] targets, double[] weights, double[] masses) {
        int[] byTarget = orderBy(targets, nodes, null);
        int[] order = orderBy(sources, nodes, byTarget);
        int[] starts = new int[nodes + 1];
        int[] mergedTargets = new int[order.length];
        double[] mergedWeights = new double[order.length];
        int merged = 0;
        int source = -1;
        for (int tie : order) {
            boolean isNewSource = sources[tie] != source;
            while (source < sources[tie]) {
                starts[++source] = merged;
            }
            if (isNewSource || mergedTargets[merged - 1] != targets[tie]) {
                mergedTargets[merged++] = targets[tie];
            }
            mergedWeights[merged - 1] += weights[tie];
        }
        while (source < nodes) {
            starts[++source] = merged;
        }
        return new KeywordGraph(
                starts,
                Arrays.copyOf(mergedTargets, merged),
                Arrays.copyOf(mergedWeights, merged),
                masses);
    }

    /** A stable counting sort of the positions in the order given, or ascending if none is. */
    private static int[] orderBy(
            int[] keys, int limit, int @org.jspecify.annotations.Nullable [] order) {
        int[] next = new int[limit + 1];
        for (int key : keys) {
            next[key + 1]++;
        }
        for (int key = 0; key < limit; key++) {
            next[key + 1] += next[key];
        }
        int[] sorted = new int[keys.length];
        for (int rank = 0; rank < keys.length; rank++) {
            int position = order == null ? rank : order[rank];
            sorted[next[keys[position]]++] = position;
        }
        return sorted;
    }

    int size() {
        return masses.length;
    }

    double mass() {
        double sum = 0;
        for (double mass : masses) {
            sum += mass;
        }
        return sum;
    }
}
