package com.igny8.bank.statement;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A statement as SWIFT has it: {@code :61:} tells of an entry, {@code :86:} what it is for. */
final class Mt940 {
    static final Pattern START = Pattern.compile("(?m)^:20:");

    private static final Pattern TAG = Pattern.compile(":(\\d{2}[A-Z]?):(.*)");

    /** C or D and the date, of which currency the entries are. */
    private static final Pattern OPENING = Pattern.compile("[CD]\\d{6}([A-Z]{3}).*");

    private static final Pattern ENTRY =
            Pattern.compile(
                    "(\\d{2})(\\d{2})(\\d{2})(?:\\d{4})?(RC|RD|C|D)[A-Z]?(\\d{1,12},\\d{0,3}).*");

    /** A part of a structured purpose: {@code ?20} to {@code ?29} text, {@code ?32, ?33} name. */
    private static final Pattern PART = Pattern.compile("\\?(\\d{2})([^?]*)");

    private final List<StatementLine> lines = new ArrayList<>();
    private final List<StatementFault> faults = new ArrayList<>();
    private int outgoing;
    private int row;
    private String currency;
    private @Nullable Entry waiting;

    private Mt940(String usualCurrency) {
        this.currency = usualCurrency;
    }

    private record Entry(int row, LocalDate bookedOn, Money amount) {}

    private record Field(int row, String tag, String text) {}

    static StatementRead read(String text, String usualCurrency) {
        var statement = new Mt940(usualCurrency);
        fields(text).forEach(statement::take);
        statement.close("");
        return new StatementRead(
                StatementFormat.MT940, statement.lines, statement.outgoing, statement.faults);
    }

    /** A field goes on over lines that begin with no tag. */
    private static List<Field> fields(String text) {
        List<Field> fields = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        String tag = "";
        int begin = 1;
        int row = 0;
        for (String line : text.lines().toList()) {
            row++;
            if (row > StatementReader.MAX_ROWS) {
                throw StatementReader.tooLong();
            }
            Matcher tagged = TAG.matcher(line);
            if (tagged.matches() || line.startsWith("-")) {
                fields.add(new Field(begin, tag, String.join("", parts)));
                parts.clear();
                tag = tagged.matches() ? tagged.group(1) : "";
                begin = row;
                parts.add(tagged.matches() ? tagged.group(2) : "");
            } else {
                parts.add(line);
            }
        }
        fields.add(new Field(begin, tag, String.join("", parts)));
        return fields;
    }

    private void take(Field field) {
        row = field.row();
        switch (field.tag()) {
            case "60F", "60M" -> open(field.text());
            case "61" -> {
                close("");
                begin(field.text());
            }
            case "86" -> close(field.text());
            default -> close("");
        }
    }

    private void open(String opening) {
        Matcher matcher = OPENING.matcher(opening);
        if (matcher.matches() && Money.isCurrency(matcher.group(1))) {
            currency = matcher.group(1);
        } else {
            faults.add(new StatementFault(row, "currency", "The opening balance has no currency"));
        }
    }

    private void begin(String text) {
        Matcher entry = ENTRY.matcher(text);
        if (!entry.matches()) {
            faults.add(new StatementFault(row, "entry", "This is no entry of MT940"));
            return;
        }
        Optional<LocalDate> date =
                StatementValues.date(entry.group(1), entry.group(2), entry.group(3));
        String decimal = entry.group(5).replace(',', '.').replaceFirst("\\.$", "");
        Optional<Money> amount = Money.parse(decimal, currency);
        if (date.isEmpty()) {
            faults.add(new StatementFault(row, "date", "This is no date"));
        } else if (amount.isEmpty()) {
            faults.add(new StatementFault(row, "amount", "This is no amount of " + currency));
        } else if (!entry.group(4).equals("C") || !amount.get().isPositive()) {
            outgoing++;
        } else {
            waiting = new Entry(row, date.get(), amount.get());
        }
    }

    /** Ends the entry that waits for its purpose. */
    private void close(String purpose) {
        if (waiting == null) {
            return;
        }
        boolean isStructured = PART.matcher(purpose).find();
        lines.add(
                new StatementLine(
                        waiting.row(),
                        waiting.bookedOn(),
                        waiting.amount(),
                        isStructured ? parts(purpose, 32, 33) : "",
                        isStructured ? parts(purpose, 20, 29) + parts(purpose, 60, 63) : purpose));
        waiting = null;
    }

    /** Texts are cut wherever a part is full, so they are put together as they were. */
    private static String parts(String purpose, int first, int last) {
        return PART.matcher(purpose)
                .results()
                .filter(
                        part -> {
                            int number = Integer.parseInt(part.group(1));
                            return number >= first && number <= last;
                        })
                .map(part -> part.group(2))
                .collect(Collectors.joining());
    }
}
