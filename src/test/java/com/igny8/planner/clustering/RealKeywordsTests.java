package com.igny8.planner.clustering;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.ai.Embeddings;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

/** With the real model, as customers see it. */
class RealKeywordsTests {
    @Test
    void realKeywordsFallIntoTheirTopics() throws InterruptedException {
        List<String> texts =
                List.of(
                        "best crm software",
                        "crm software reviews",
                        "crm for small business",
                        "free crm tools",
                        "what is a crm",
                        "running shoes for women",
                        "best running shoes",
                        "trail running shoes",
                        "cheap running shoes",
                        "running shoes sale",
                        "sourdough bread recipe",
                        "how to bake sourdough",
                        "sourdough starter",
                        "easy sourdough bread",
                        "qwertz asdf");
        List<float[]> vectors;
        try (Embeddings embeddings = new Embeddings(2)) {
            vectors = embeddings.embed(texts);
        }
        List<EmbeddedKeyword> keywords =
                IntStream.range(0, texts.size())
                        .mapToObj(
                                number ->
                                        new EmbeddedKeyword(texts.get(number), vectors.get(number)))
                        .toList();

        Clustering clustering = new Clusterer(2).cluster(keywords);

        assertThat(clustering.clusters()).hasSize(3);
        assertThat(clustering.unclustered()).containsExactly(14);
        assertThat(clustering.clusterOf().subList(0, 5))
                .containsOnly(clustering.clusterOf().get(0));
        assertThat(clustering.clusterOf().subList(5, 10))
                .containsOnly(clustering.clusterOf().get(5));
        assertThat(clustering.clusterOf().subList(10, 14))
                .containsOnly(clustering.clusterOf().get(10));
    }
}
