package com.igny8.planner.clustering;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Vectors made up so that what belongs together is known. */
final class MadeUpMeanings {
    private static final int DIMENSIONS = 256;

    private MadeUpMeanings() {}

    /** Some direction; two of different seeds have nothing in common. */
    static float[] direction(long seed) {
        Random random = new Random(seed);
        float[] vector = new float[DIMENSIONS];
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            vector[dimension] = (float) random.nextGaussian();
        }
        Sums.scaleToLengthOne(vector);
        return vector;
    }

    /** A vector that points about where the other does; two such are alike by 1 / (1 + spread²). */
    static float[] near(float[] centre, double spread, long seed) {
        float[] vector = direction(seed);
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            vector[dimension] = (float) (spread * vector[dimension] + centre[dimension]);
        }
        Sums.scaleToLengthOne(vector);
        return vector;
    }

    /** Keywords "topic 0 keyword 0" and so on, all of a topic following one another. */
    static List<EmbeddedKeyword> topics(int topics, int keywordsEach, double spread, long seed) {
        List<EmbeddedKeyword> keywords = new ArrayList<>();
        for (int topic = 0; topic < topics; topic++) {
            float[] centre = direction(seed * 1_000_003 + topic);
            for (int number = 0; number < keywordsEach; number++) {
                long own = seed * 7_000_003 + 10_000L * (topic + 1) + number;
                keywords.add(
                        new EmbeddedKeyword(
                                "topic " + topic + " keyword " + number,
                                near(centre, spread, own)));
            }
        }
        return keywords;
    }
}
