package com.igny8.planner.clustering;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Places keywords so that similarity is a product: {@code similarity(i, j) = probe(i) · point(j)}.
 *
 * <p>Without search results probe and point are both the vector of meaning. Where both keywords
 * have search results, similarity is the mean of meaning and overlap of results; where one has none
 * it is meaning alone, so a keyword without results loses nothing. That is no inner product of one
 * vector with another of the same kind, hence the two sides: point {@code (m, m', r)} and probe
 * {@code (m, −½m', ½r)}, with m' and r zero without results. As it is linear, similarity to a sum
 * of points is the sum of similarities, which keeps everything after this independent of results.
 */
final class SimilaritySpace {
    /** How much shared results count against meaning, if both are known. */
    private static final float RESULT_SHARE = 0.5f;

    /** Results are projected on so many dimensions: an error of overlap of about 1/16. */
    private static final int RESULT_DIMENSIONS = 256;

    private final float[][] points;
    private final float[][] probes;
    private final int meaningDimensions;

    private SimilaritySpace(float[][] points, float[][] probes, int meaningDimensions) {
        this.points = points;
        this.probes = probes;
        this.meaningDimensions = meaningDimensions;
    }

    static SimilaritySpace of(List<EmbeddedKeyword> keywords) {
        float[][] meanings = keywords.stream().map(EmbeddedKeyword::vector).toArray(float[][]::new);
        if (keywords.stream().allMatch(keyword -> keyword.resultUrls().isEmpty())) {
            return new SimilaritySpace(meanings, meanings, meanings[0].length);
        }
        Map<String, Integer> keywordsByUrl = countKeywordsByUrl(keywords);
        int dimensions = meanings[0].length;
        float[][] points = new float[meanings.length][];
        float[][] probes = new float[meanings.length][];
        for (int keyword = 0; keyword < meanings.length; keyword++) {
            points[keyword] = new float[2 * dimensions + RESULT_DIMENSIONS];
            System.arraycopy(meanings[keyword], 0, points[keyword], 0, dimensions);
            Set<String> urls = new HashSet<>(keywords.get(keyword).resultUrls());
            if (!urls.isEmpty()) {
                System.arraycopy(meanings[keyword], 0, points[keyword], dimensions, dimensions);
                float[] results = project(urls, keywordsByUrl, keywords.size());
                System.arraycopy(results, 0, points[keyword], 2 * dimensions, RESULT_DIMENSIONS);
            }
            probes[keyword] = probe(points[keyword], dimensions);
        }
        return new SimilaritySpace(points, probes, dimensions);
    }

    private static Map<String, Integer> countKeywordsByUrl(List<EmbeddedKeyword> keywords) {
        Map<String, Integer> keywordsByUrl = new HashMap<>();
        for (EmbeddedKeyword keyword : keywords) {
            new HashSet<>(keyword.resultUrls())
                    .forEach(url -> keywordsByUrl.merge(url, 1, Integer::sum));
        }
        return keywordsByUrl;
    }

    /** A random direction per URL, rare URLs counting more; of length 1. */
    private static float[] project(
            Set<String> urls, Map<String, Integer> keywordsByUrl, int keywordCount) {
        double[] sum = new double[RESULT_DIMENSIONS];
        // Sorted, because sums of floating-point numbers depend on their order
        for (String url : urls.stream().sorted().toList()) {
            double rarity = Math.log1p((double) keywordCount / keywordsByUrl.getOrDefault(url, 1));
            SplittableRandom random = new SplittableRandom(url.hashCode());
            for (int dimension = 0; dimension < RESULT_DIMENSIONS; dimension++) {
                sum[dimension] += random.nextBoolean() ? rarity : -rarity;
            }
        }
        double squaredLength = 0;
        for (double value : sum) {
            squaredLength += value * value;
        }
        float[] direction = new float[RESULT_DIMENSIONS];
        if (squaredLength > 0) {
            for (int dimension = 0; dimension < RESULT_DIMENSIONS; dimension++) {
                direction[dimension] = (float) (sum[dimension] / Math.sqrt(squaredLength));
            }
        }
        return direction;
    }

    private static float[] probe(float[] point, int dimensions) {
        float[] probe = point.clone();
        for (int dimension = dimensions; dimension < probe.length; dimension++) {
            probe[dimension] *= dimension < 2 * dimensions ? -RESULT_SHARE : RESULT_SHARE;
        }
        return probe;
    }

    /** The space of these keywords alone, numbered in this order. */
    SimilaritySpace only(int[] keywords) {
        return new SimilaritySpace(
                Arrays.stream(keywords).mapToObj(this::point).toArray(float[][]::new),
                Arrays.stream(keywords).mapToObj(this::probe).toArray(float[][]::new),
                meaningDimensions);
    }

    int size() {
        return points.length;
    }

    int dimensions() {
        return points[0].length;
    }

    float[] point(int keyword) {
        return points[keyword];
    }

    float[] probe(int keyword) {
        return probes[keyword];
    }

    /** Similarity of a keyword to a sum of points, summed up. */
    double similarity(int keyword, float[] sumOfPoints) {
        float[] probe = probes[keyword];
        double sum = 0;
        for (int dimension = 0; dimension < probe.length; dimension++) {
            sum += (double) probe[dimension] * sumOfPoints[dimension];
        }
        return sum;
    }

    /** 1 but for rounding and for result lists that cancel out in the projection. */
    double similarityToItself(int keyword) {
        return similarity(keyword, points[keyword]);
    }

    /**
     * Mean overlap of results of two keywords, from 0 to 1 for the same; 0 if fewer than half have
     * any.
     */
    double sharedResults() {
        int from = 2 * meaningDimensions;
        double[] sum = new double[Math.max(0, dimensions() - from)];
        double withThemselves = 0;
        int withResults = 0;
        for (float[] point : points) {
            double squaredLength = 0;
            for (int dimension = 0; dimension < sum.length; dimension++) {
                float value = point[from + dimension];
                sum[dimension] += value;
                squaredLength += (double) value * value;
            }
            withThemselves += squaredLength;
            withResults += squaredLength > 0 ? 1 : 0;
        }
        if (withResults < 2 || 2 * withResults < points.length) {
            return 0;
        }
        double pairs = Arrays.stream(sum).map(value -> value * value).sum() - withThemselves;
        return pairs / ((double) withResults * (withResults - 1));
    }
}
