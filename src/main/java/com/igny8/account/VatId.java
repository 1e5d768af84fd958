package com.igny8.account;

import static java.util.Map.entry;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form of the VAT ids of the European Union; whether one was given out is not known here. */
public final class VatId {
    /** What follows the prefix, by country; Greece's prefix is EL, each other's its own code. */
    private static final Map<String, Pattern> FORMS =
            Map.ofEntries(
                    entry("AT", Pattern.compile("U\\d{8}")),
                    entry("BE", Pattern.compile("[01]\\d{9}")),
                    entry("BG", Pattern.compile("\\d{9,10}")),
                    entry("CY", Pattern.compile("\\d{8}[A-Z]")),
                    entry("CZ", Pattern.compile("\\d{8,10}")),
                    entry("DE", Pattern.compile("\\d{9}")),
                    entry("DK", Pattern.compile("\\d{8}")),
                    entry("EE", Pattern.compile("\\d{9}")),
                    entry("ES", Pattern.compile("[A-Z0-9]\\d{7}[A-Z0-9]")),
                    entry("FI", Pattern.compile("\\d{8}")),
                    entry("FR", Pattern.compile("[A-HJ-NP-Z0-9]{2}\\d{9}")),
                    entry("GR", Pattern.compile("\\d{9}")),
                    entry("HR", Pattern.compile("\\d{11}")),
                    entry("HU", Pattern.compile("\\d{8}")),
                    entry("IE", Pattern.compile("\\d[A-Z0-9+*]\\d{5}[A-Z]{1,2}")),
                    entry("IT", Pattern.compile("\\d{11}")),
                    entry("LT", Pattern.compile("\\d{9}|\\d{12}")),
                    entry("LU", Pattern.compile("\\d{8}")),
                    entry("LV", Pattern.compile("\\d{11}")),
                    entry("MT", Pattern.compile("\\d{8}")),
                    entry("NL", Pattern.compile("[A-Z0-9+*]{10}\\d{2}")),
                    entry("PL", Pattern.compile("\\d{10}")),
                    entry("PT", Pattern.compile("\\d{9}")),
                    entry("RO", Pattern.compile("\\d{2,10}")),
                    entry("SE", Pattern.compile("\\d{12}")),
                    entry("SI", Pattern.compile("\\d{8}")),
                    entry("SK", Pattern.compile("\\d{10}")));

    private static final Pattern PUNCTUATION = Pattern.compile("[ ./-]");

    private VatId() {}

    /** Whether the country is a member state. */
    public static boolean isFor(@Nullable String country) {
        return country != null && FORMS.containsKey(country);
    }

    /**
     * The id as it is written on invoices, {@code DE123456789}; nothing where it is none of the
     * member state. Its prefix may be left out.
     */
    public static Optional<String> parse(String country, String typed) {
        Pattern form = FORMS.get(country);
        if (form == null) {
            return Optional.empty();
        }
        String id = PUNCTUATION.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
        String prefix = country.equals("GR") ? "EL" : country;
        String rest = id.startsWith(prefix) ? id.substring(prefix.length()) : id;
        return form.matcher(rest).matches() ? Optional.of(prefix + rest) : Optional.empty();
    }
}
