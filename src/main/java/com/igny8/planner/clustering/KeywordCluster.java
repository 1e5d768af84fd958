package com.igny8.planner.clustering;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Keywords that one page can answer.
 *
 * @param name the text of one of its members: of the most central the most searched, then that of
 *     the fewest words
 * @param members positions in the list that was clustered, the most central first
 * @param volume searches per month of all members of known volume, null if none is known
 * @param cohesion mean similarity between members, at most 1; 1 also if all have the same text
 */
public record KeywordCluster(
        String name, List<Integer> members, @Nullable Long volume, double cohesion) {
    public KeywordCluster {
        members = List.copyOf(members);
    }

    public int size() {
        return members.size();
    }
}
