package com.igny8.planner.clustering;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Divides a graph into communities of greatest modularity: nodes move to the neighbouring community
 * that gains most, communities become the nodes of a coarser graph, and so on until nothing moves;
 * on the way back the nodes of each finer graph may move again (the Louvain method with multi-level
 * refinement). A community that fell apart by such moves is divided into its connected parts.
 */
final class Communities {
    /** Any constant: the same graph must give the same communities. */
    private static final long SEED = 8;

    /** Stops a node being moved to and fro for ever by rounding. */
    private static final int MOST_VISITS_PER_NODE = 50;

    private static final double LEAST_GAIN = 1e-10;

    private final KeywordGraph graph;
    private final double penalty;
    private final int[] communityOf;
    private final double[] communityMasses;
    private final double[] tiesTo;

    private Communities(KeywordGraph graph, double penalty, int[] communityOf) {
        this.graph = graph;
        this.penalty = penalty;
        this.communityOf = communityOf;
        this.communityMasses = new double[graph.size()];
        this.tiesTo = new double[graph.size()];
        for (int node = 0; node < graph.size(); node++) {
            communityMasses[communityOf[node]] += graph.masses()[node];
        }
    }

    /**
     * The community of every node, numbered from 0 in order of their first nodes.
     *
     * @param resolution above 0; the higher, the smaller the communities
     */
    static int[] find(KeywordGraph graph, double resolution) throws InterruptedException {
        double mass = graph.mass();
        int[] found = mass == 0 ? ascending(graph.size()) : find(graph, resolution / mass, 0);
        return connectedParts(graph, found);
    }

    private static int[] find(KeywordGraph graph, double penalty, int level)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        int[] groupOf = ascending(graph.size());
        new Communities(graph, penalty, groupOf).move(SEED + level);
        int groups = number(groupOf);
        if (groups == graph.size()) {
            return groupOf;
        }
        int[] communityOfGroup = find(graph.between(groupOf, groups), penalty, level + 1);
        int[] communityOf = new int[graph.size()];
        Arrays.setAll(communityOf, node -> communityOfGroup[groupOf[node]]);
        new Communities(graph, penalty, communityOf).move(SEED - 1 - level);
        number(communityOf);
        return communityOf;
    }

    /** Moves nodes while that gains, looking again at the neighbours of each that moved. */
    private void move(long seed) {
        int size = graph.size();
        int[] queue = shuffled(size, seed);
        boolean[] isQueued = new boolean[size];
        Arrays.fill(isQueued, true);
        int head = 0;
        int queued = size;
        long visits = 0;
        while (queued > 0 && visits++ < (long) MOST_VISITS_PER_NODE * size) {
            int node = queue[head];
            head = (head + 1) % size;
            queued--;
            isQueued[node] = false;
            int community = bestCommunity(node);
            if (community == communityOf[node]) {
                continue;
            }
            communityMasses[communityOf[node]] -= graph.masses()[node];
            communityMasses[community] += graph.masses()[node];
            communityOf[node] = community;
            for (int tie = graph.starts()[node]; tie < graph.starts()[node + 1]; tie++) {
                int neighbour = graph.targets()[tie];
                if (!isQueued[neighbour] && communityOf[neighbour] != community) {
                    isQueued[neighbour] = true;
                    queue[(head + queued++) % size] = neighbour;
                }
            }
        }
    }

    private int bestCommunity(int node) {
        int from = graph.starts()[node];
        int to = graph.starts()[node + 1];
        for (int tie = from; tie < to; tie++) {
            tiesTo[communityOf[graph.targets()[tie]]] += graph.weights()[tie];
        }
        int current = communityOf[node];
        double mass = graph.masses()[node];
        int best = current;
        double bestGain =
                tiesTo[current] - penalty * mass * (communityMasses[current] - mass) + LEAST_GAIN;
        for (int tie = from; tie < to; tie++) {
            int community = communityOf[graph.targets()[tie]];
            double gain = tiesTo[community] - penalty * mass * communityMasses[community];
            if (community != current && gain > bestGain) {
                best = community;
                bestGain = gain;
            }
        }
        for (int tie = from; tie < to; tie++) {
            tiesTo[communityOf[graph.targets()[tie]]] = 0;
        }
        return best;
    }

    /** Renumbers in place, in order of first appearance, and returns how many there are. */
    static int number(int[] groupOf) {
        int[] numbers = new int[Arrays.stream(groupOf).max().orElse(-1) + 1];
        int groups = 0;
        for (int node = 0; node < groupOf.length; node++) {
            if (numbers[groupOf[node]] == 0) {
                numbers[groupOf[node]] = ++groups;
            }
            groupOf[node] = numbers[groupOf[node]] - 1;
        }
        return groups;
    }

    private static int[] connectedParts(KeywordGraph graph, int[] communityOf) {
        int[] partOf = new int[graph.size()];
        Arrays.fill(partOf, -1);
        int[] waiting = new int[graph.size()];
        int parts = 0;
        for (int first = 0; first < partOf.length; first++) {
            if (partOf[first] >= 0) {
                continue;
            }
            int count = 0;
            waiting[count++] = first;
            partOf[first] = parts;
            while (count > 0) {
                int node = waiting[--count];
                for (int tie = graph.starts()[node]; tie < graph.starts()[node + 1]; tie++) {
                    int target = graph.targets()[tie];
                    if (partOf[target] < 0 && communityOf[target] == communityOf[first]) {
                        partOf[target] = parts;
                        waiting[count++] = target;
                    }
                }
            }
            parts++;
        }
        return partOf;
    }

    private static int[] ascending(int size) {
        int[] numbers = new int[size];
        Arrays.setAll(numbers, number -> number);
        return numbers;
    }

    private static int[] shuffled(int size, long seed) {
        int[] numbers = ascending(size);
        SplittableRandom random = new SplittableRandom(seed);
        for (int last = size - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int number = numbers[last];
            numbers[last] = numbers[other];
            numbers[other] = number;
        }
        return numbers;
    }
}
