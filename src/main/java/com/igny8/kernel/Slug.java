package com.igny8.kernel;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A name made fit for an address: lower-case letters, digits and single hyphens, 1 to {@value
 * #MAX_LENGTH} long. The only slug generator of the code base.
 */
public record Slug(String value) {
    public static final int MAX_LENGTH = 60;

    private static final int MAX_NUMBERED = 20;
    private static final int MAX_DRAWN = 10;
    private static final int DRAWN_DIGITS = 8;
    private static final Pattern VALID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern APOSTROPHES = Pattern.compile("['’]");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

    public Slug {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a slug: " + value);
        }
    }

    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && VALID.matcher(text).matches();
    }

    /** The slug of a name; of the fallback where the name has no letter or digit that fits. */
    public static Slug of(String name, String fallback) {
        String folded =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        String joined = APOSTROPHES.matcher(folded.toLowerCase(Locale.ROOT)).replaceAll("");
        String hyphenated = trim(OTHERS.matcher(joined).replaceAll("-"));
        return hyphenated.isEmpty() ? new Slug(fallback) : new Slug(hyphenated);
    }

    /**
     * Claims the first free of {@code name, name-2, name-3 …}; after {@value #MAX_NUMBERED} of them
     * one with a random end, because a name that thousands have must not be counted up. The claim
     * must be atomic (an insert that yields nothing on conflict), which is what makes this safe
     * under concurrency.
     */
    public static <T> T claim(Slug wanted, Function<Slug, Optional<T>> claim) {
        for (int attempt = 1; attempt <= MAX_NUMBERED + MAX_DRAWN; attempt++) {
            Optional<T> claimed =
                    claim.apply(
                            attempt <= MAX_NUMBERED ? wanted.numbered(attempt) : wanted.drawn());
            if (claimed.isPresent()) {
                return claimed.get();
            }
        }
        throw Problem.conflict("slug_taken", "Too many things are named " + wanted.value());
    }

    private Slug numbered(int number) {
        if (number == 1) {
            return this;
        }
        return with(Integer.toString(number));
    }

    private Slug drawn() {
        StringBuilder digits = new StringBuilder();
        ThreadLocalRandom.current()
                .ints(DRAWN_DIGITS, 0, 36)
                .forEach(digit -> digits.append(Character.forDigit(digit, 36)));
        return with(digits.toString());
    }

    private Slug with(String end) {
        String suffix = "-" + end;
        int room = MAX_LENGTH - suffix.length();
        return new Slug(trim(value.substring(0, Math.min(value.length(), room))) + suffix);
    }

    private static String trim(String hyphenated) {
        String start = hyphenated.startsWith("-") ? hyphenated.substring(1) : hyphenated;
        String cut = start.substring(0, Math.min(start.length(), MAX_LENGTH));
        return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
    }

    @Override
    public String toString() {
        return value;
    }
}
