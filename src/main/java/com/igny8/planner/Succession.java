package com.igny8.planner;

import com.igny8.planner.clustering.Clustering;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which old cluster lives on in which new one, so that clustering again keeps ids, names given by
 * hand and whatever hangs on a cluster: the pairs that share most keywords go first, and each
 * cluster is half of one pair at most.
 */
final class Succession {
    private Succession() {}

    private record Pair(int found, UUID old) {}

    /**
     * @param lines the keywords that were clustered, each with the id of the cluster it was in
     * @return from new clusters, by position, to the ids of the old ones they continue
     */
    static Map<Integer, UUID> of(Clustering clustering, List<ClusterBook.Line> lines) {
        Map<Pair, Integer> shared = new HashMap<>();
        for (int keyword = 0; keyword < lines.size(); keyword++) {
            UUID old = lines.get(keyword).clusterId();
            int found = clustering.clusterOf().get(keyword);
            if (old != null && found != Clustering.UNCLUSTERED) {
                shared.merge(new Pair(found, old), 1, Integer::sum);
            }
        }
        Map<Integer, UUID> continued = new HashMap<>();
        Set<UUID> taken = new HashSet<>();
        shared.entrySet().stream()
                .sorted(
                        Map.Entry.<Pair, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(
                                        Map.Entry.comparingByKey(
                                                Comparator.comparingInt(Pair::found)
                                                        .thenComparing(Pair::old))))
                .map(Map.Entry::getKey)
                .forEach(
                        pair -> {
                            if (!continued.containsKey(pair.found()) && taken.add(pair.old())) {
                                continued.put(pair.found(), pair.old());
                            }
                        });
        return continued;
    }
}
