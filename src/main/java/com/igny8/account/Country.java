package com.igny8.account;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The countries of ISO 3166, by their two letters. */
public final class Country {
    private static final Set<String> CODES = Set.of(Locale.getISOCountries());

    private Country() {}

    public static boolean isCode(String code) {
        return CODES.contains(code);
    }

    /** Its name in English. */
    public static String name(String code) {
        return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    }

    /** To choose from: codes with their names, in the order of the names. */
    public static Map<String, String> byName() {
        return Arrays.stream(Locale.getISOCountries())
                .sorted(Comparator.comparing(Country::name))
                .collect(toMap(code -> code, Country::name, (one, _) -> one, LinkedHashMap::new));
    }
}
