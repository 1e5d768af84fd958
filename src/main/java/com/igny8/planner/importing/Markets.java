package com.igny8.planner.importing;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads countries and languages, written as codes or in English. */
final class Markets {
    private static final Map<String, String> COUNTRIES = countries();
    private static final Map<String, String> LANGUAGES = languages();
    private static final Set<String> EVERYWHERE =
            Set.of("all", "all countries", "all locations", "all languages", "global", "worldwide");

    private Markets() {}

    /** {@code us}, {@code UK} and {@code Germany} are US, GB and DE; null means no one country. */
    static @Nullable String country(String cell) {
        String name = folded(cell);
        if (EVERYWHERE.contains(name)) {
            return null;
        }
        String code = COUNTRIES.get(name);
        if (code == null) {
            throw Refused.because("a country such as US", KeywordText.shortened(cell));
        }
        return code;
    }

    /** The first language named: {@code EN}, {@code en-US} and {@code English} are en. */
    static @Nullable String language(String cell) {
        String first = folded(cell.split("[,;|]", -1)[0]);
        if (EVERYWHERE.contains(first) || first.isEmpty()) {
            return null;
        }
        String code =
                LANGUAGES.get(
                        first.matches("[a-z]{2,3}[-_].*") ? first.split("[-_]", 2)[0] : first);
        if (code == null) {
            throw Refused.because("a language such as en", KeywordText.shortened(cell));
        }
        return code;
    }

    private static String folded(String cell) {
        return KeywordText.folded(KeywordText.normalized(cell));
    }

    private static Map<String, String> countries() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            codes.put(folded(code), code);
            codes.put(folded(Locale.of("", code).getDisplayCountry(Locale.ENGLISH)), code);
        }
        // What the tools and people write besides ISO.
        codes.put("uk", "GB");
        codes.put("usa", "US");
        codes.put("united states of america", "US");
        return Map.copyOf(codes);
    }

    private static Map<String, String> languages() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOLanguages()) {
            codes.put(folded(code), code);
            codes.put(folded(Locale.of(code).getDisplayLanguage(Locale.ENGLISH)), code);
        }
        return Map.copyOf(codes);
    }
}
