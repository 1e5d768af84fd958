package com.igny8.planner.importing;

import com.igny8.planner.importing.WrittenNumber.DecimalMark;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads volume, difficulty and cost per click; exact, without floating point. */
final class Figures {
    static final long VOLUME_MAX = 100_000_000_000L;
    static final long CPC_MICROS_MAX = 1_000_000_000_000L;
    private static final int MICRO_DIGITS = 6;
    private static final BigDecimal DIFFICULTY_MAX = BigDecimal.valueOf(100);
    private static final Pattern RANGE =
            Pattern.compile("(\\d.*?)\\s*(?:[-–—]|\\bto\\b)\\s*(\\d.*)");
    private static final Pattern BELOW = Pattern.compile("[<≤]\\s*(\\d.*)");
    private static final Pattern ABOVE = Pattern.compile("[>≥]\\s*(\\d.*)|(\\d.*)\\+");
    private static final Pattern CURRENCY =
            Pattern.compile("[A-Z]{0,3}\\p{Sc}|\\b[A-Z]{3}\\b|\\b(?:kr|zł|Rs)\\b\\.?");

    private final DecimalMark mark;

    Figures(DecimalMark mark) {
        this.mark = mark;
    }

    /**
     * Searches a month. Keyword Planner's ranges grow tenfold, so of {@code 1K – 10K} the geometric
     * mean, 3162, is kept: the arithmetic one would overstate most keywords. Of {@code 100K+} and
     * {@code >100} the bound is kept.
     */
    long volume(String cell) {
        String text = KeywordText.normalized(cell);
        Matcher range = RANGE.matcher(text);
        Matcher below = BELOW.matcher(text);
        Matcher above = ABOVE.matcher(text);
        BigDecimal volume;
        if (range.matches()) {
            volume = between(whole(range.group(1)), whole(range.group(2)));
        } else if (below.matches()) {
            volume = between(BigDecimal.ZERO, whole(below.group(1)));
        } else if (above.matches()) {
            volume = whole(above.group(1) == null ? above.group(2) : above.group(1));
        } else {
            volume = whole(text);
        }
        return volume(volume, text);
    }

    private @Nullable BigDecimal whole(String text) {
        return WrittenNumber.whole(text, mark);
    }

    private static @Nullable BigDecimal between(
            @Nullable BigDecimal low, @Nullable BigDecimal high) {
        if (low == null || high == null || low.compareTo(high) > 0) {
            return null;
        }
        BigInteger product = low.max(BigDecimal.ONE).multiply(high).toBigInteger();
        return new BigDecimal(product.sqrt());
    }

    private static long volume(@Nullable BigDecimal volume, String text) {
        if (volume == null || volume.stripTrailingZeros().scale() > 0) {
            throw Refused.because("a whole number from 0", KeywordText.shortened(text));
        }
        if (volume.signum() < 0 || volume.compareTo(BigDecimal.valueOf(VOLUME_MAX)) > 0) {
            throw Refused.outOfRange(
                    "between 0 and %,d".formatted(VOLUME_MAX), KeywordText.shortened(text));
        }
        return volume.longValueExact();
    }

    /** 0 to 100, halves rounded up; a percent sign changes nothing. */
    int difficulty(String cell) {
        String text = KeywordText.normalized(cell);
        String digits = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        BigDecimal difficulty = WrittenNumber.decimal(digits, mark);
        if (difficulty == null) {
            throw Refused.because("a number between 0 and 100", KeywordText.shortened(text));
        }
        if (difficulty.signum() < 0 || difficulty.compareTo(DIFFICULTY_MAX) > 0) {
            throw Refused.outOfRange("between 0 and 100", KeywordText.shortened(text));
        }
        return difficulty.setScale(0, RoundingMode.HALF_UP).intValueExact();
    }

    /** Millionths of the currency unit, with or without a currency beside the number. */
    long cpcMicros(String cell) {
        String text = KeywordText.normalized(cell);
        BigDecimal cpc = WrittenNumber.decimal(CURRENCY.matcher(text).replaceFirst(""), mark);
        if (cpc == null) {
            throw Refused.because("an amount such as 1.23", KeywordText.shortened(text));
        }
        BigDecimal micros = cpc.movePointRight(MICRO_DIGITS).setScale(0, RoundingMode.HALF_UP);
        if (micros.signum() < 0 || micros.compareTo(BigDecimal.valueOf(CPC_MICROS_MAX)) > 0) {
            throw Refused.outOfRange("between 0 and 1,000,000", KeywordText.shortened(text));
        }
        return micros.longValueExact();
    }
}
