package com.igny8.planner.clustering;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The list to be clustered with repetitions taken out and in an order of its own, so that neither
 * the order nor the number of repetitions of what came in has any influence.
 *
 * @param keywords one of each, by text
 * @param positions for each of them where it stood in the list, ascending
 */
record DistinctKeywords(List<EmbeddedKeyword> keywords, List<List<Integer>> positions) {
    /**
     * What makes two keywords of different texts the same: letters the model does not tell apart.
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by content
    private record Meaning(float[] vector, List<String> resultUrls) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Meaning meaning
                    && Arrays.equals(vector, meaning.vector)
                    && resultUrls.equals(meaning.resultUrls);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(vector) + resultUrls.hashCode();
        }
    }

    static DistinctKeywords of(List<EmbeddedKeyword> given) {
        String[] texts = given.stream().map(DistinctKeywords::canonicalText).toArray(String[]::new);
        List<Integer> order =
                IntStream.range(0, given.size())
                        .boxed()
                        .sorted(
                                Comparator.<Integer, String>comparing(position -> texts[position])
                                        .thenComparing(
                                                position -> given.get(position),
                                                DistinctKeywords::compare))
                        .toList();
        Map<String, Integer> numbersByText = new HashMap<>();
        Map<Meaning, Integer> numbersByMeaning = new HashMap<>();
        List<EmbeddedKeyword> keywords = new ArrayList<>();
        List<List<Integer>> positions = new ArrayList<>();
        for (int position : order) {
            EmbeddedKeyword keyword = given.get(position);
            Meaning meaning = new Meaning(keyword.vector(), keyword.resultUrls());
            Integer number = numbersByText.get(texts[position]);
            number = number == null ? numbersByMeaning.get(meaning) : number;
            if (number == null) {
                number = keywords.size();
                keywords.add(keyword);
                positions.add(new ArrayList<>());
            }
            numbersByText.putIfAbsent(texts[position], number);
            numbersByMeaning.putIfAbsent(meaning, number);
            positions.get(number).add(position);
        }
        positions.forEach(each -> each.sort(Comparator.naturalOrder()));
        return new DistinctKeywords(keywords, positions);
    }

    /** Upper and lower case, width of letters and number of blanks make no difference. */
    private static String canonicalText(EmbeddedKeyword keyword) {
        return Normalizer.normalize(keyword.text(), Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** Decides between keywords of the same text by everything else they have. */
    private static int compare(EmbeddedKeyword left, EmbeddedKeyword right) {
        return Comparator.<EmbeddedKeyword>comparingInt(keyword -> -keyword.resultUrls().size())
                .thenComparing(keyword -> String.join("\n", keyword.resultUrls()))
                .thenComparing(EmbeddedKeyword::vector, Arrays::compare)
                .thenComparing(EmbeddedKeyword::text)
                .compare(left, right);
    }
}
