package com.igny8.planner.clustering;

import java.util.Arrays;

/** The few most similar of many that are offered in any order; ties go to the lower id. */
final class Closest {
    private final int[] ids;
    private final float[] similarities;
    private int size;

    Closest(int limit) {
        this.ids = new int[limit];
        this.similarities = new float[limit];
    }

    void offer(int id, float similarity) {
        if (size == ids.length && (size == 0 || !isCloser(id, similarity, size - 1))) {
            return;
        }
        int position = size < ids.length ? size++ : size - 1;
        while (position > 0 && isCloser(id, similarity, position - 1)) {
            ids[position] = ids[position - 1];
            similarities[position] = similarities[position - 1];
            position--;
        }
        ids[position] = id;
        similarities[position] = similarity;
    }

    private boolean isCloser(int id, float similarity, int position) {
        return similarity > similarities[position]
                || (similarity == similarities[position] && id < ids[position]);
    }

    int[] ids() {
        return Arrays.copyOf(ids, size);
    }

    float[] similarities() {
        return Arrays.copyOf(similarities, size);
    }
}
