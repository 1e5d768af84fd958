package com.igny8.planner.clustering;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Picks the member a cluster is called by: the most searched of those that stand for the whole
 * cluster. A member does if it is central and if its words are those of the other members too, so
 * that "3d printers" comes before "3d printer for miniatures".
 */
final class ClusterNames {
    /** A name must be at least this good, compared with the best. */
    private static final double LEAST_SHARE_OF_BEST = 0.85;

    /**
     * Words that ask for one side of a thing, however many search for it. English, as the model is;
     * in other languages nothing is preferred.
     */
    private static final Set<String> NARROWING =
            Set.of(
                    "buy",
                    "certification",
                    "cheap",
                    "cheapest",
                    "comparison",
                    "cost",
                    "deal",
                    "discount",
                    "example",
                    "free",
                    "job",
                    "login",
                    "near",
                    "new",
                    "price",
                    "pricing",
                    "refurbished",
                    "review",
                    "sale",
                    "trend",
                    "used",
                    "vs");

    private static final double SHARE_IF_NARROWING = 0.75;

    private ClusterNames() {}

    /**
     * @param volume searches per month, 0 if unknown
     * @param centrality mean similarity to the other members
     */
    record Candidate(String text, long volume, double centrality) {
        /** In lower case, and one and many of a thing the same. */
        private List<String> words() {
            return List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)).stream()
                    .filter(word -> !word.isEmpty())
                    .map(
                            word ->
                                    word.length() > 3 && word.endsWith("s")
                                            ? word.substring(0, word.length() - 1)
                                            : word)
                    .toList();
        }
    }

    private record Rated(Candidate candidate, int words, double score) {}

    static String choose(List<Candidate> candidates) {
        Map<String, Integer> membersByWord = new HashMap<>();
        for (Candidate each : candidates) {
            Set.copyOf(each.words()).forEach(word -> membersByWord.merge(word, 1, Integer::sum));
        }
        List<Rated> rated =
                candidates.stream()
                        .map(each -> rate(each, membersByWord, candidates.size()))
                        .toList();
        double best = rated.stream().mapToDouble(Rated::score).max().orElseThrow();
        return rated.stream()
                .filter(each -> each.score >= LEAST_SHARE_OF_BEST * best)
                .min(
                        Comparator.comparingLong((Rated each) -> -each.candidate.volume)
                                .thenComparingInt(Rated::words)
                                .thenComparingDouble(each -> -each.score)
                                .thenComparing(each -> each.candidate.text))
                .orElseThrow()
                .candidate
                .text();
    }

    private static Rated rate(
            Candidate candidate, Map<String, Integer> membersByWord, int members) {
        List<String> words = candidate.words();
        double coverage =
                words.stream()
                        .mapToDouble(word -> (double) membersByWord.getOrDefault(word, 0) / members)
                        .average()
                        .orElse(0);
        double share = words.stream().anyMatch(NARROWING::contains) ? SHARE_IF_NARROWING : 1;
        return new Rated(candidate, words.size(), coverage * share * candidate.centrality);
    }
}
