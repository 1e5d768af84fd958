package com.igny8.planner.importing;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers as people and tools write them: 1300, 1,300, 1.300,50, 1 300, 1.2K, 1E3. */
final class WrittenNumber {
    private static final int CHARS_MAX = 40;
    private static final Set<String> UNKNOWN =
            Set.of("", "n/a", "#n/a", "na", "nan", "null", "none", "-", "--", "–", "—", "?");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0\\u2007\\u2009\\u202F]+");
    private static final Pattern SCIENTIFIC = Pattern.compile("-?\\d+(\\.\\d+)?[eE][+-]?\\d{1,2}");
    private static final Pattern SCALED = Pattern.compile("(.*\\d)\\s?([kKmMbB])");
    private static final Pattern PLAIN = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");

    /** Groups of three, or as in India of two and then three, with the same mark between them. */
    private static final Pattern GROUPED =
            Pattern.compile("[+-]?[1-9]\\d{0,2}([ ,.'’])(?:\\d{2,3}\\1)*\\d{3}");

    /** Which of point and comma stands before the fraction, where only the file can tell. */
    enum DecimalMark {
        POINT,
        COMMA;

        private static final Pattern COMMA_FRACTION = Pattern.compile(".*\\d,\\d{1,2}\\D*");

        /** Amounts such as {@code 1,23} and {@code 0,5 €} are written only with a decimal comma. */
        static boolean isCommaIn(String amount) {
            return COMMA_FRACTION.matcher(amount).matches();
        }
    }

    private WrittenNumber() {}

    /** Whether a cell says that its value is not known, which is never the same as zero. */
    static boolean isUnknown(String text) {
        return UNKNOWN.contains(KeywordText.folded(KeywordText.normalized(text)));
    }

    /** A number that may have a fraction; null when the text is none. */
    static @Nullable BigDecimal decimal(String text, DecimalMark mark) {
        return parse(text, mark, false);
    }

    /** A number meant to be whole: {@code 1.300} and {@code 1,300} are both thirteen hundred. */
    static @Nullable BigDecimal whole(String text, DecimalMark mark) {
        return parse(text, mark, true);
    }

    private static @Nullable BigDecimal parse(String text, DecimalMark mark, boolean whole) {
        String written = SPACES.matcher(text.strip()).replaceAll(" ").strip();
        if (written.length() > CHARS_MAX) {
            return null;
        }
        if (SCIENTIFIC.matcher(written).matches()) {
            return new BigDecimal(written);
        }
        Matcher scaled = SCALED.matcher(written);
        if (scaled.matches()) {
            BigDecimal number = unscaled(scaled.group(1), mark, false);
            return number == null ? null : number.movePointRight(zeros(scaled.group(2)));
        }
        return unscaled(written, mark, whole);
    }

    private static int zeros(String suffix) {
        return switch (suffix.toLowerCase(Locale.ROOT)) {
            case "k" -> 3;
            case "m" -> 6;
            default -> 9;
        };
    }

    private static @Nullable BigDecimal unscaled(String written, DecimalMark mark, boolean whole) {
        int fraction = fractionMark(written, mark, whole);
        String integer = fraction < 0 ? written : written.substring(0, fraction);
        String digits = fraction < 0 ? "" : "." + written.substring(fraction + 1);
        String plain = ungrouped(integer) + digits;
        return PLAIN.matcher(plain).matches() ? new BigDecimal(plain) : null;
    }

    /**
     * Where the decimal mark stands, or -1: of both marks the last, of one the likelier reading.
     */
    private static int fractionMark(String written, DecimalMark mark, boolean whole) {
        int point = written.lastIndexOf('.');
        int comma = written.lastIndexOf(',');
        if (point >= 0 && comma >= 0) {
            return Math.max(point, comma);
        }
        int last = Math.max(point, comma);
        if (last < 0 || !GROUPED.matcher(written).matches()) {
            return last;
        }
        boolean severalGroups = written.indexOf(written.charAt(last)) != last;
        boolean decimal = mark == DecimalMark.POINT ? point >= 0 : comma >= 0;
        return !whole && !severalGroups && decimal ? last : -1;
    }

    private static String ungrouped(String integer) {
        return GROUPED.matcher(integer).matches() ? integer.replaceAll("[ ,.'’]", "") : integer;
    }
}
