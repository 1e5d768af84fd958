package com.igny8.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.mail.SampleLetters.Sample;
import com.igny8.testing.Product;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class SampleLettersTests {
    private static final Path ROOMS = Path.of("src/main/java/com/igny8");

    /**
     * Wherever a letter is begun: {@code letter("trial_ending", …)}, {@code to(reader, "…", …)}.
     */
    private static final Pattern KIND =
            Pattern.compile(
                    "\\b(?:to\\w*|letter)\\(\\s*(?:[^;\"]*,\\s*)?\"([a-z]+(?:_[a-z]+)*)\",");

    private static final int LONGEST_SUBJECT = 90;

    /** Or the next test would not find what they write. */
    @Test
    void whoPostsLettersIsCalledLetters() throws IOException {
        assertThat(sources().filter(file -> contains(file, "Outbox")))
                .isNotEmpty()
                .allMatch(file -> file.toString().endsWith("Letters.java"));
    }

    @Test
    void everyKindOfLetterHasASample() throws IOException {
        List<String> kinds =
                sources()
                        .filter(file -> file.toString().endsWith("Letters.java"))
                        .filter(file -> contains(file, "Outbox"))
                        .flatMap(file -> KIND.matcher(text(file)).results())
                        .map(found -> found.group(1))
                        .toList();

        assertThat(samples())
                .extracting(sample -> sample.letter().template())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(kinds);
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOMS)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(ROOMS.resolve("mail")))
                    .toList()
                    .stream();
        }
    }

    private static boolean contains(Path file, String words) {
        return text(file).contains(words);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Sample> samples() {
        return Product.running().bean(SampleLetters.class).all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aLetterSaysTheSameAsTextAndAsAPage(Sample sample) {
        Letter letter = sample.letter();
        Document page = Jsoup.parse(String.valueOf(letter.html()));
        String text = letter.text().replaceAll("\\s+", " ");

        assertThat(page.select("p, td[dir]").eachText()).isNotEmpty();
        for (String said : page.select("p, td[dir]").eachText()) {
            assertThat(text).contains(said);
        }
        for (String link : page.select("a").eachAttr("href")) {
            assertThat(letter.text()).contains(link);
        }
        assertThat(letter.subject()).hasSizeLessThan(LONGEST_SUBJECT);
        assertThat(letter.text())
                .startsWith("Hello")
                .doesNotContain("null", "%s", "%d", "[", "{")
                .endsWith("\n");
        assertThat(letter.text().lines().filter(line -> !line.startsWith("http")))
                .allMatch(line -> line.length() <= LONGEST_SUBJECT);
    }

    @Test
    void aLineBreakInAReasonStaysOne() {
        Message message =
                Message.to("ada@example.com", "test", "Test").say("First line.\nSecond line.");

        assertThat(message.text()).isEqualTo("First line.\nSecond line.\n");
    }
}
