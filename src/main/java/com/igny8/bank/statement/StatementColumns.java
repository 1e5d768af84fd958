package com.igny8.bank.statement;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Which column of a table is what, by its heading; those not named are found out. */
public record StatementColumns(Map<Column, String> named) {
    public static final StatementColumns FOUND_OUT = new StatementColumns(Map.of());

    public StatementColumns {
        named = Map.copyOf(named);
    }

    /** What a column can be. */
    public enum Column {
        DATE(
                true,
                "buchungstag",
                "booking date",
                "bookgdt",
                "date",
                "buchungsdatum",
                "valutadatum",
                "value date",
                "valdt"),
        AMOUNT(true, "betrag", "amount", "amt", "amount credit", "credit", "umsatz"),
        CURRENCY(false, "waehrung", "währung", "currency", "ccy", "amount currency"),
        PAYER(
                false,
                "beguenstigter/zahlungspflichtiger",
                "begünstigter/zahlungspflichtiger",
                "name zahlungsbeteiligter",
                "debtor name",
                "debtor",
                "dbtr",
                "payer",
                "payer name",
                "name",
                "counterparty",
                "from"),
        PURPOSE(
                false,
                "verwendungszweck",
                "remittance information",
                "rmtinf",
                "ustrd",
                "purpose",
                "description",
                "details",
                "reference",
                "memo");

        private final boolean isRequired;

        @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
        private final List<String> headings;

        Column(boolean isRequired, String... headings) {
            this.isRequired = isRequired;
            this.headings = List.of(headings);
        }

        /** As in JSON and in forms. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isRequired() {
            return isRequired;
        }
    }

    /** Headings by which a table shows that it is CAMT.053. */
    private static final Set<String> CAMT =
            Set.of(
                    "verwendungszweck",
                    "remittance information",
                    "rmtinf",
                    "ustrd",
                    "bookgdt",
                    "end-to-end reference");

    /** Where each column stands among the headings; those that are not there are absent. */
    Map<Column, Integer> places(List<String> headings) {
        List<String> plain = headings.stream().map(StatementColumns::plain).toList();
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            String wanted = named.get(column);
            int place =
                    wanted != null && !wanted.isBlank()
                            ? plain.indexOf(plain(wanted))
                            : first(column.headings, plain::indexOf);
            if (place >= 0) {
                places.put(column, place);
            }
        }
        return places;
    }

    private static int first(List<String> headings, Function<String, Integer> place) {
        return headings.stream().map(place).filter(found -> found >= 0).findFirst().orElse(-1);
    }

    StatementFormat format(List<String> headings) {
        return named.isEmpty()
                        && headings.stream().map(StatementColumns::plain).anyMatch(CAMT::contains)
                ? StatementFormat.CAMT_CSV
                : StatementFormat.CSV;
    }

    /** The first column that is needed and is not there; null where all are. */
    static @Nullable Column missing(Map<Column, Integer> places) {
        return Arrays.stream(Column.values())
                .filter(column -> column.isRequired() && !places.containsKey(column))
                .findFirst()
                .orElse(null);
    }

    private static String plain(String heading) {
        return heading.strip().toLowerCase(Locale.ROOT);
    }
}
