package com.igny8.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** With the real model: loading it takes about a second. */
class EmbeddingsTests {
    private static final Embeddings embeddings = new Embeddings(2);

    @AfterAll
    static void close() {
        embeddings.close();
    }

    @Test
    void vectorsHaveLengthOneAndLikeTextsAreNear() throws InterruptedException {
        List<float[]> vectors =
                embeddings.embed(List.of("best running shoes", "top jogging shoes", "tax return"));

        assertThat(vectors)
                .allSatisfy(
                        vector -> {
                            assertThat(vector).hasSize(Embeddings.DIMENSIONS);
                            assertThat(product(vector, vector)).isCloseTo(1, within(1e-5));
                        });
        assertThat(product(vectors.get(0), vectors.get(1))).isGreaterThan(0.7);
        assertThat(product(vectors.get(0), vectors.get(2))).isLessThan(0.3);
    }

    @Test
    void companyMakesNoDifference() throws InterruptedException {
        List<String> texts =
                IntStream.range(0, 100).mapToObj(number -> "keyword number " + number).toList();

        List<float[]> together = embeddings.embed(texts);

        assertThat(embeddings.embed(List.of(texts.get(57))).getFirst())
                .containsExactly(together.get(57));
    }

    @Test
    void caseBlanksAndWidthMakeNoDifference() throws InterruptedException {
        List<float[]> vectors =
                embeddings.embed(List.of("crm software", "  CRM\t\n software ", "ＣＲＭ software"));

        assertThat(vectors.get(1)).isSameAs(vectors.get(0));
        assertThat(vectors.get(2)).isSameAs(vectors.get(0));
    }

    @Test
    void oddTextsHaveVectorsToo() throws InterruptedException {
        assertThat(embeddings.embed(List.of("", "日本語", "\u0000", "a".repeat(100_000), "😀")))
                .allSatisfy(
                        vector -> assertThat(product(vector, vector)).isCloseTo(1, within(1e-5)));
        assertThat(embeddings.embed(List.of())).isEmpty();
    }

    @Test
    void progressReachesTheTotalRepetitionsIncluded() throws InterruptedException {
        List<String> texts =
                IntStream.range(0, 90).mapToObj(number -> "keyword " + number % 70).toList();
        List<Integer> heard = new ArrayList<>();

        embeddings.embed(
                texts,
                (done, total) -> {
                    assertThat(total).isEqualTo(90);
                    heard.add(done);
                });

        assertThat(heard).isSorted().hasSizeGreaterThan(1).endsWith(90);
    }

    @Test
    void anInterruptEndsItAndTheNextCallWorks() throws InterruptedException {
        List<String> texts =
                IntStream.range(0, 5_000).mapToObj(number -> "keyword " + number).toList();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(
                        () ->
                                embeddings.embed(
                                        texts,
                                        (done, total) -> Thread.currentThread().interrupt()));
        assertThat(embeddings.embed(List.of("and on"))).hasSize(1);
    }

    private static double product(float[] left, float[] right) {
        double sum = 0;
        for (int dimension = 0; dimension < left.length; dimension++) {
            sum += (double) left[dimension] * right[dimension];
        }
        return sum;
    }
}
