package com.igny8.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

class StatementReaderProperties {
    private static final String CAMT =
            """
            "Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";\
            "Kundenreferenz (End-to-End)";"Beguenstigter/Zahlungspflichtiger";"Betrag";"Waehrung"
            "DE02";"20.11.26";"20.11.26";"GUTSCHRIFT";"IGNY8 K7Q 2MX; 9PA";"NOTPROVIDED";\
            "Müller & Söhne";"1.390,00";"EUR"
            "DE02";"21.11.26";"21.11.26";"LASTSCHRIFT";"Strom";"";"Stadtwerke";"-89,10";"EUR"
            "DE02";"31.02.26";"21.11.26";"GUTSCHRIFT";"x";"";"Y";"5,00";"EUR"
            "DE02";"21.11.26";"21.11.26";"GUTSCHRIFT";"x";"";"Y";"viel";"EUR"
            "DE02";"21.11.26";"21.11.26";"GUTSCHRIFT";"x";"";"Y";"5,00";"ZZZ"
            """;

    private static final String MT940 =
            """
            :20:STARTUMSE
            :25:10010010/1234567
            :28C:00001/001
            :60F:C261119EUR1000,00
            :61:2611201120C139,00NTRFNONREF//POS 1
            :86:166?00GUTSCHRIFT?20IGNY8 K7Q?21 2MX 9PA?30COBADEFF?31DE89?32ADA LOVE
            ?33LACE LTD
            :61:2611211121DR12,50NTRFNONREF
            :86:105?00LASTSCHRIFT
            :61:2611221122C7,NMSCNONREF
            :86:A plain purpose that goes on
            over a line
            :61:nonsense
            :62F:C261122EUR1133,50
            -
            """;

    private static StatementRead read(String text, Charset charset) {
        return StatementReader.read(text.getBytes(charset), StatementColumns.FOUND_OUT, "USD");
    }

    @Example
    void camtAsCsvIsReadInEveryUsualCharset() {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, Charset.forName("windows-1252")}) {
            StatementRead read = read(CAMT, charset);

            assertThat(read.format()).isEqualTo(StatementFormat.CAMT_CSV);
            assertThat(read.lines())
                    .containsExactly(
                            new StatementLine(
                                    2,
                                    LocalDate.of(2026, 11, 20),
                                    new Money(139_000, "EUR"),
                                    "Müller & Söhne",
                                    "IGNY8 K7Q 2MX; 9PA"));
            assertThat(read.outgoing()).isOne();
            assertThat(read.faults())
                    .extracting(fault -> fault.row() + " " + fault.field())
                    .containsExactly("4 date", "5 amount", "6 currency");
        }
    }

    @Example
    void mt940IsReadWithPurposesOfBothKinds() {
        StatementRead read = read(MT940.replace("\n", "\r\n"), StandardCharsets.ISO_8859_1);

        assertThat(read.format()).isEqualTo(StatementFormat.MT940);
        assertThat(read.lines())
                .containsExactly(
                        new StatementLine(
                                5,
                                LocalDate.of(2026, 11, 20),
                                new Money(13_900, "EUR"),
                                "ADA LOVELACE LTD",
                                "IGNY8 K7Q 2MX 9PA"),
                        new StatementLine(
                                10,
                                LocalDate.of(2026, 11, 22),
                                new Money(700, "EUR"),
                                "",
                                "A plain purpose that goes onover a line"));
        assertThat(read.outgoing()).isOne();
        assertThat(read.faults()).extracting(StatementFault::row).containsExactly(13);
    }

    @Example
    void columnsOfAnyTableCanBeNamed() {
        byte[] table =
                "when,how much,who\n2026-11-20,139.00,Ada\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> StatementReader.read(table, StatementColumns.FOUND_OUT, "USD"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.code()).isEqualTo("mapping_required"));

        StatementRead read =
                StatementReader.read(
                        table,
                        new StatementColumns(
                                Map.of(
                                        StatementColumns.Column.DATE, "When",
                                        StatementColumns.Column.AMOUNT, "how much",
                                        StatementColumns.Column.PAYER, "who")),
                        "USD");

        assertThat(read.format()).isEqualTo(StatementFormat.CSV);
        assertThat(read.lines())
                .containsExactly(
                        new StatementLine(
                                2,
                                LocalDate.of(2026, 11, 20),
                                new Money(13_900, "USD"),
                                "Ada",
                                ""));
    }

    @Property(tries = 300)
    void whateverAnAmountIsItIsReadHoweverItIsWritten(
            @ForAll @LongRange(min = 1, max = 99_999_999_999L) long minor,
            @ForAll @IntRange(max = 3) int way) {
        Money money = new Money(minor, "USD");
        String written =
                switch (way) {
                    case 0 -> money.decimal();
                    case 1 -> money.decimal().replace('.', ',');
                    case 2 -> money.text().substring(1);
                    default ->
                            money.text()
                                    .substring(1)
                                    .replace(',', ' ')
                                    .replace('.', ',')
                                    .replace(' ', '.');
                };

        assertThat(StatementValues.amount(written, "USD")).as(written).contains(money);
    }

    @Property(tries = 200)
    void whateverADayIsItIsReadHoweverItIsWritten(
            @ForAll @IntRange(max = 20_000) int day, @ForAll @IntRange(max = 3) int way) {
        LocalDate date = LocalDate.of(2020, 1, 1).plusDays(day);
        String pattern =
                switch (way) {
                    case 0 -> "yyyy-MM-dd";
                    case 1 -> "dd.MM.yyyy";
                    case 2 -> "yyyyMMdd";
                    default -> "d/M/yyyy";
                };

        assertThat(
                        StatementValues.date(
                                date.format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT))))
                .contains(date);
    }

    @Provide
    Arbitrary<String> scraps() {
        return Arbitraries.of(
                        ":20:",
                        ":61:2611201120C139,00NTRF",
                        ":86:",
                        "?20",
                        "?32",
                        "\n",
                        "\r\n",
                        ";",
                        ",",
                        "\"",
                        "\t",
                        "Betrag",
                        "Buchungstag",
                        "1.390,00",
                        "-5",
                        "20.11.26",
                        "𝒜",
                        "\u0000",
                        "=1+1",
                        ":60F:C261119EUR1,",
                        "9999999999999999999999",
                        "-",
                        " ")
                .list()
                .ofMaxSize(60)
                .map(list -> String.join("", list));
    }

    @Property(tries = 1000)
    void anyFileIsReadOrRefused(@ForAll("scraps") String text) {
        try {
            for (StatementLine line : read(text, StandardCharsets.UTF_8).lines()) {
                assertThat(line.amount().isPositive()).isTrue();
                assertThat(line.purpose().length()).isLessThanOrEqualTo(StatementLine.MAX_PURPOSE);
            }
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    @Property(tries = 300)
    void anyBytesAreReadOrRefused(@ForAll byte[] content) {
        try {
            assertThat(StatementReader.read(content, StatementColumns.FOUND_OUT, "USD").lines())
                    .isNotNull();
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    @Example
    void filesThatGoOnForEverAreRefused() {
        String endless = "date,amount\n" + "2026-11-20,1\n".repeat(StatementReader.MAX_ROWS);
        assertThatThrownBy(() -> read(endless, StandardCharsets.UTF_8)).isInstanceOf(Problem.class);
        assertThatThrownBy(
                        () -> read("date,amount\n\"" + "x".repeat(200_000), StandardCharsets.UTF_8))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(
                        () ->
                                StatementReader.read(
                                        new byte[StatementReader.MAX_BYTES + 1],
                                        StatementColumns.FOUND_OUT,
                                        "USD"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }
}
