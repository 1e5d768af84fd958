package com.igny8.planner.importing;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names that Semrush, Ahrefs, Google Keyword Planner, Search Console and people give columns.
 *
 * <p>Left out on purpose: {@code Global volume} is not the market's volume, {@code Competition} is
 * that of advertisers and not a difficulty, and {@code URL} is one's own page, not the results'.
 */
final class HeaderNames {
    /** The first name of a field that a file has is the one that is read. */
    private static final Map<Field, List<String>> NAMES =
            Map.of(
                    Field.KEYWORD,
                    List.of(
                            "keyword",
                            "keywords",
                            "keyword text",
                            "keyword phrase",
                            "keyword idea",
                            "keyword ideas",
                            "keyphrase",
                            "key phrase",
                            "search term",
                            "search terms",
                            "search query",
                            "search queries",
                            "search phrase",
                            "query",
                            "queries",
                            "top queries"),
                    Field.VOLUME,
                    List.of(
                            "volume",
                            "search volume",
                            "avg monthly searches",
                            "average monthly searches",
                            "monthly searches",
                            "monthly volume",
                            "monthly search volume",
                            "volume monthly",
                            "avg search volume",
                            "average search volume",
                            "avg volume",
                            "search vol",
                            "vol",
                            "sv",
                            "searches"),
                    Field.DIFFICULTY,
                    List.of(
                            "keyword difficulty",
                            "difficulty",
                            "kd",
                            "keyword difficulty index",
                            "keyword difficulty kd",
                            "keyword difficulty score",
                            "kd index",
                            "kw difficulty",
                            "seo difficulty"),
                    Field.CPC,
                    List.of(
                            "cpc",
                            "avg cpc",
                            "average cpc",
                            "cost per click",
                            "cost per click cpc",
                            "top of page bid low range",
                            "top of page bid high range"),
                    Field.INTENT,
                    List.of(
                            "intent",
                            "intents",
                            "search intent",
                            "search intents",
                            "keyword intent",
                            "keyword intents",
                            "main intent",
                            "primary intent",
                            "user intent"),
                    Field.COUNTRY,
                    List.of("country", "country code", "database", "market"),
                    Field.LANGUAGE,
                    List.of("language", "language code", "languages", "lang"),
                    Field.SERP_URLS,
                    List.of(
                            "serp urls",
                            "top 10 urls",
                            "top urls",
                            "top 10",
                            "ranking urls",
                            "result urls",
                            "search result urls",
                            "search results",
                            "serp results",
                            "urls",
                            "serp"));

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern CURRENCY = Pattern.compile("(cpc|cost per click) [a-z]{3}");

    private HeaderNames() {}

    static @Nullable Field field(String header) {
        String name = folded(header);
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** How well a header names its field: 0 is best. */
    static int rank(Field field, String header) {
        return NAMES.getOrDefault(field, List.of()).indexOf(folded(header));
    }

    static boolean areSame(String header, String name) {
        return header.strip().equals(name.strip()) || folded(header).equals(folded(name));
    }

    /** Lower case words with single spaces; {@code CPC (USD)} and {@code KD %} lose their unit. */
    private static String folded(String header) {
        String words =
                NOT_IN_NAMES
                        .matcher(
                                Normalizer.normalize(header, Normalizer.Form.NFKC)
                                        .toLowerCase(Locale.ROOT))
                        .replaceAll(" ")
                        .strip();
        return CURRENCY.matcher(words).replaceFirst("$1");
    }
}
