package com.igny8.planner.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.igny8.planner.importing.WrittenNumber.DecimalMark;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

class WrittenNumberTests {
    private final Figures point = new Figures(DecimalMark.POINT);
    private final Figures comma = new Figures(DecimalMark.COMMA);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "1300|1300",
                "1,300|1300",
                "1.300|1300",
                "1 300|1300",
                "1'300|1300",
                "1,234,567|1234567",
                "1.234.567|1234567",
                "1,00,000|100000",
                "1.2K|1200",
                "3M|3000000",
                "1300.0|1300",
                "1.3E3|1300",
                "1K – 10K|3162",
                "10-100|31",
                "0–10|3",
                "1,000 to 10,000|3162",
                "100K+|100000",
                ">100|100",
                "<10|3",
                "+5|5"
            })
    void readsVolumes(String text, long volume) {
        assertThat(point.volume(text)).isEqualTo(volume);
        assertThat(point.volume(text.replace(' ', '\u00A0'))).isEqualTo(volume);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "-1",
                "1.5",
                "12,34,56",
                "1,2,3",
                "10 apples",
                "1e99",
                "0.500",
                "9-1",
                "٣",
                "1..2",
                "NaN%",
                "100000000001",
                "1-2-3"
            })
    void refusesWhatIsNoVolume(String text) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> point.volume(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$1.23|1230000",
                "1.23 €|1230000",
                "0.015|15000",
                "US$ 1,234.50|1234500000",
                "USD 2|2000000",
                "DKK 45.00|45000000",
                "0.0000005|1",
                ".5|500000",
                "1,5|1500000",
                "1.234|1234000",
                "£0|0"
            })
    void readsCostsPerClickExactly(String text, long micros) {
        assertThat(point.cpcMicros(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1,23 €|1230000", "1.234,50|1234500000", "1.300|1300000000", "2,345|2345000"})
    void readsCostsPerClickWithDecimalComma(String text, long micros) {
        assertThat(comma.cpcMicros(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "45%|45", "45.5|46", "45.49|45", "100|100", "12 %|12", "45,5|46"})
    void roundsDifficultyHalfUp(String text, int difficulty) {
        assertThat(point.difficulty(text)).isEqualTo(difficulty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"140", "-1", "100.5", "hard", "%", "1e9"})
    void refusesWhatIsNoDifficulty(String text) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> point.difficulty(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "n/a", "N/A", "-", "--", "–", "#N/A", "null"})
    void knowsTheUnknown(String text) {
        assertThat(WrittenNumber.isUnknown(text)).isTrue();
    }

    @Property
    void readsWholeNumbersOfEveryLocale(
            @ForAll @LongRange(min = 0, max = Figures.VOLUME_MAX) long number) {
        for (Locale locale :
                new Locale[] {Locale.US, Locale.GERMANY, Locale.FRANCE, Locale.of("de", "CH")}) {
            String written =
                    new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(locale))
                            .format(number);
            assertThat(point.volume(written)).as(written).isEqualTo(number);
        }
    }

    @Property
    void readsAmountsWithTheirFilesMark(
            @ForAll @LongRange(min = 0, max = 1_000_000_00L) long cents) {
        BigDecimal amount = BigDecimal.valueOf(cents, 2);
        String english =
                new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.US))
                        .format(amount);
        String german =
                new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.GERMANY))
                        .format(amount);

        assertThat(point.cpcMicros("$" + english)).isEqualTo(cents * 10_000);
        assertThat(comma.cpcMicros(german + " €")).isEqualTo(cents * 10_000);
    }
}
