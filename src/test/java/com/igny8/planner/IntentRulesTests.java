package com.igny8.planner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class IntentRulesTests {
    private static final double ACCURACY_MIN = 0.9;

    private record Labelled(String intent, String keyword) {
        boolean isRight() {
            Intent found = IntentRules.classify(keyword);
            return intent.equals(found == null ? "unknown" : found.label());
        }
    }

    @Test
    void tellsTheIntentOfMostLabelledKeywords() throws IOException {
        List<Labelled> labelled = labelled();

        List<Labelled> missed = labelled.stream().filter(keyword -> !keyword.isRight()).toList();

        assertThat(labelled).hasSizeGreaterThanOrEqualTo(60);
        assertThat(1 - (double) missed.size() / labelled.size())
                .as("missed: %s", missed)
                .isGreaterThanOrEqualTo(ACCURACY_MIN);
    }

    @Test
    void staysSilentAboutABareTopic() {
        assertThat(IntentRules.classify("kubernetes")).isNull();
        assertThat(IntentRules.classify("")).isNull();
    }

    @Test
    void ignoresCase() {
        assertThat(IntentRules.classify("BUY Running Shoes")).isEqualTo(Intent.TRANSACTIONAL);
    }

    private static List<Labelled> labelled() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/keywords/intents.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", 2))
                .map(cells -> new Labelled(cells[0], cells[1]))
                .toList();
    }
}
