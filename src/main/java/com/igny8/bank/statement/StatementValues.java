package com.igny8.bank.statement;

import com.igny8.kernel.Money;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts, dates and amounts as banks write them. */
final class StatementValues {
    private static final Charset WESTERN = Charset.forName("windows-1252");
    private static final int CENTURY = 2000;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;
    private static final int GROUP = 3;
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(\\d{4})[-/.]?(\\d{2})[-/.]?(\\d{2})(?:[T ].*)?");
    private static final Pattern DAY_FIRST =
            Pattern.compile("(\\d{1,2})[./-](\\d{1,2})[./-](\\d{2}|\\d{4})");
    private static final Pattern AMOUNT = Pattern.compile("[+-]?\\d[\\d.,' ]{0,24}");

    private StatementValues() {}

    /** The text of a file, in whatever of the usual ways it was written. */
    static String text(byte[] content) {
        if (startsWith(content, 0xFF, 0xFE)) {
            return new String(content, 2, content.length - 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(content, 0xFE, 0xFF)) {
            return new String(content, 2, content.length - 2, StandardCharsets.UTF_16BE);
        }
        int mark = startsWith(content, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content, mark, content.length - mark))
                    .toString();
        } catch (CharacterCodingException notUnicode) {
            return new String(content, mark, content.length - mark, WESTERN);
        }
    }

    private static boolean startsWith(byte[] content, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= content.length || (content[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Year first, or day first: banks of no country put the month first in what they export. */
    static Optional<LocalDate> date(String written) {
        String text = written.strip();
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return date(yearFirst.group(1), yearFirst.group(2), yearFirst.group(3));
        }
        Matcher dayFirst = DAY_FIRST.matcher(text);
        return dayFirst.matches()
                ? date(dayFirst.group(3), dayFirst.group(2), dayFirst.group(1))
                : Optional.empty();
    }

    static Optional<LocalDate> date(String year, String month, String day) {
        int full = Integer.parseInt(year) + (year.length() == 2 ? CENTURY : 0);
        try {
            return full < FIRST_YEAR || full > LAST_YEAR
                    ? Optional.empty()
                    : Optional.of(
                            LocalDate.of(full, Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** {@code 1.234,56}, {@code 1,234.56}, {@code 139}, {@code -12,00}: the last mark decides. */
    static Optional<Money> amount(String written, String currency) {
        String text = written.strip();
        if (!AMOUNT.matcher(text).matches() || !Money.isCurrency(currency)) {
            return Optional.empty();
        }
        int mark = decimalMark(text, currency);
        String whole = (mark < 0 ? text : text.substring(0, mark)).replaceAll("[.,' +]", "");
        String decimal = mark < 0 ? whole : whole + "." + text.substring(mark + 1);
        return Money.parse(decimal, currency);
    }

    /** Where the decimal mark stands; -1 where all marks are of thousands. */
    private static int decimalMark(String text, String currency) {
        int last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
        if (last < 0) {
            return -1;
        }
        char mark = text.charAt(last);
        boolean isRepeated = text.indexOf(mark) != last;
        boolean isOnlyKind = text.indexOf(mark == '.' ? ',' : '.') < 0;
        int digits = text.length() - last - 1;
        boolean groups = digits == GROUP && !Money.zero(currency).decimal().matches("0\\.\\d{3}");
        return isRepeated || (isOnlyKind && groups) ? -1 : last;
    }
}
