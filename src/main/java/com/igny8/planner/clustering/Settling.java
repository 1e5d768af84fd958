package com.igny8.planner.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides who belongs to a cluster. Each cluster is first reduced to its core, the keywords that
 * are alike all round; what is left over then joins the core it is nearest to, or none.
 *
 * <p>A rare aspect of a topic ("ev range in winter") is little like most of the topic, but much
 * like a few of it: so a keyword is judged by its nearest in the core as much as by the whole.
 */
final class Settling {
    /** Members of a core resemble the rest of it by this on average. */
    private static final double LEAST_SIMILARITY = 0.35;

    /** In what is small, or a lesser part of a cluster that has no core, it must be more. */
    private static final double LEAST_SIMILARITY_IN_GROUP = 0.45;

    private static final int SMALL = 5;
    private static final int SMALLEST_GROUP = 3;

    /** Of those that do not fit into the core so many leave at once; then all are judged anew. */
    private static final int SHARE_LEAVING = 4;

    /** So near a core a keyword belongs there, however near the next one is. */
    private static final double SURELY_NEAR = 0.28;

    /** So near it belongs there if no other core is nearly as near; below it is a stranger. */
    private static final double BARELY_NEAR = 0.22;

    private static final double CLEARLY_NEARER = 0.06;

    /** There is always another topic at least this near, even if it is not in the list. */
    private static final double BACKGROUND = 0.15;

    /** The graph saw more than two keywords at a time: in doubt its answer stands. */
    private static final double NEARNESS_OF_OWN_CLUSTER = 0.06;

    private static final int NEAREST_MEMBERS = 3;
    private static final int CANDIDATES = 8;
    private static final int CORES_AT_ONCE = 128;
    private static final int BLOCK = 64;

    private final SimilaritySpace space;
    private final int[] clusterOf;
    private final Workers workers;

    private Settling(SimilaritySpace space, int[] clusterOf, Workers workers) {
        this.space = space;
        this.clusterOf = clusterOf;
        this.workers = workers;
    }

    /**
     * @param origin the cluster most of which it is, or {@link Clustering#UNCLUSTERED}
     */
    @SuppressWarnings("ArrayRecordComponent") // stays inside this class
    private record Core(int[] keywords, int origin) {}

    /** Clusters renumbered without gaps; {@link Clustering#UNCLUSTERED} for who is in none. */
    static int[] settle(SimilaritySpace space, int[] clusterOf, Workers workers)
            throws InterruptedException {
        Settling settling = new Settling(space, clusterOf, workers);
        return renumbered(settling.joined(settling.cores()));
    }

    private List<Core> cores() throws InterruptedException {
        int[][] members = Separation.members(clusterOf);
        List<List<Core>> cores = new ArrayList<>(Collections.nCopies(members.length, List.of()));
        workers.each(
                members.length, cluster -> cores.set(cluster, cores(members[cluster], cluster)));
        return cores.stream().flatMap(List::stream).toList();
    }

    /** One, if most members are alike; else the groups that stand on their own, if any. */
    private List<Core> cores(int[] members, int cluster) {
        int[] core = alike(members, LEAST_SIMILARITY);
        if (core.length >= SMALL && 2 * core.length >= members.length) {
            return List.of(new Core(core, cluster));
        }
        if (members.length < SMALL) {
            core = alike(members, LEAST_SIMILARITY_IN_GROUP);
            return core.length < 2 ? List.of() : List.of(new Core(core, cluster));
        }
        List<Core> groups = new ArrayList<>();
        int[] rest = members;
        int[] group = alike(rest, LEAST_SIMILARITY_IN_GROUP);
        while (group.length >= SMALLEST_GROUP) {
            groups.add(new Core(group, Clustering.UNCLUSTERED));
            rest = without(rest, group);
            group = alike(rest, LEAST_SIMILARITY_IN_GROUP);
        }
        return groups;
    }

    /** Those that remain when again and again the least alike are left out. */
    private int[] alike(int[] keywords, double leastSimilarity) {
        int[] remaining = keywords;
        while (remaining.length > 0) {
            double[] similarities = similaritiesWithin(remaining);
            int misfits =
                    (int)
                            Arrays.stream(similarities)
                                    .filter(similarity -> similarity < leastSimilarity)
                                    .count();
            if (misfits == 0) {
                return remaining;
            }
            remaining =
                    withoutLeastAlike(
                            remaining, similarities, Math.ceilDiv(misfits, SHARE_LEAVING));
        }
        return remaining;
    }

    private static int[] without(int[] keywords, int[] leaving) {
        return Arrays.stream(keywords)
                .filter(keyword -> Arrays.binarySearch(leaving, keyword) < 0)
                .toArray();
    }

    private double[] similaritiesWithin(int[] keywords) {
        SimilaritySpace only = space.only(keywords);
        Sums sums = new Sums(only, new int[keywords.length], 1);
        return IntStream.range(0, keywords.length)
                .mapToDouble(keyword -> sums.meanSimilarityToOthers(keyword, 0))
                .toArray();
    }

    private static int[] withoutLeastAlike(int[] keywords, double[] similarities, int leaving) {
        return IntStream.range(0, keywords.length)
                .boxed()
                .sorted(Comparator.comparingDouble(number -> similarities[number]))
                .skip(leaving)
                .mapToInt(number -> keywords[number])
                .sorted()
                .toArray();
    }

    private int[] joined(List<Core> cores) throws InterruptedException {
        int[] settled = new int[clusterOf.length];
        Arrays.fill(settled, Clustering.UNCLUSTERED);
        for (int number = 0; number < cores.size(); number++) {
            for (int keyword : cores.get(number).keywords) {
                settled[keyword] = number;
            }
        }
        Sums sums = new Sums(space, settled, cores.size());
        int[] leftOver =
                IntStream.range(0, settled.length).filter(each -> settled[each] < 0).toArray();
        workers.each(
                Math.ceilDiv(leftOver.length, BLOCK),
                block -> {
                    int from = block * BLOCK;
                    int to = Math.min(leftOver.length, from + BLOCK);
                    int[] keywords = Arrays.copyOfRange(leftOver, from, to);
                    Closest[] closest = closestCores(keywords, sums, cores.size());
                    for (int number = 0; number < keywords.length; number++) {
                        settled[keywords[number]] =
                                choose(keywords[number], closest[number], cores);
                    }
                });
        return settled;
    }

    /** For each of the keywords the cores it resembles most as a whole. */
    private Closest[] closestCores(int[] keywords, Sums sums, int cores) {
        Closest[] closest = new Closest[keywords.length];
        Arrays.setAll(closest, number -> new Closest(CANDIDATES));
        float[] similarities = new float[CORES_AT_ONCE];
        for (int from = 0; from < cores; from += CORES_AT_ONCE) {
            Tile means = sums.means(from, Math.min(cores, from + CORES_AT_ONCE));
            for (int number = 0; number < keywords.length; number++) {
                means.multiply(space.probe(keywords[number]), similarities);
                for (int mean = 0; mean < means.size(); mean++) {
                    closest[number].offer(from + mean, similarities[mean]);
                }
            }
        }
        return closest;
    }

    private int choose(int keyword, Closest closest, List<Core> cores) {
        int chosen = Clustering.UNCLUSTERED;
        double greatest = BACKGROUND;
        double second = BACKGROUND;
        for (int number : closest.ids()) {
            double nearness = nearness(keyword, cores.get(number));
            if (nearness > greatest) {
                chosen = number;
                second = greatest;
                greatest = nearness;
            } else {
                second = Math.max(second, nearness);
            }
        }
        boolean belongs =
                greatest >= SURELY_NEAR
                        || (greatest >= BARELY_NEAR && greatest - second >= CLEARLY_NEARER);
        return belongs ? chosen : Clustering.UNCLUSTERED;
    }

    /** Half by the nearest few of the core, half by all of it. */
    private double nearness(int keyword, Core core) {
        Closest nearest = new Closest(NEAREST_MEMBERS);
        double sum = 0;
        for (int member : core.keywords) {
            double similarity = space.similarity(keyword, space.point(member));
            nearest.offer(member, (float) similarity);
            sum += similarity;
        }
        double sumOfNearest = 0;
        for (float similarity : nearest.similarities()) {
            sumOfNearest += similarity;
        }
        // A core of two has no third to be near to: chance likeness to a pair counts less
        return (sum / core.keywords.length + sumOfNearest / NEAREST_MEMBERS) / 2
                + (core.origin == clusterOf[keyword] ? NEARNESS_OF_OWN_CLUSTER : 0);
    }

    private static int[] renumbered(int[] settled) {
        int[] numbers = new int[Separation.count(settled)];
        int numbered = 0;
        int[] renumbered = new int[settled.length];
        for (int keyword = 0; keyword < settled.length; keyword++) {
            int cluster = settled[keyword];
            if (cluster >= 0 && numbers[cluster] == 0) {
                numbers[cluster] = ++numbered;
            }
            renumbered[keyword] = cluster < 0 ? Clustering.UNCLUSTERED : numbers[cluster] - 1;
        }
        return renumbered;
    }
}
