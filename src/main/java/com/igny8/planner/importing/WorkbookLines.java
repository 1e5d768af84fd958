package com.igny8.planner.importing;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The first visible sheet of an Excel workbook, read row by row. */
final class WorkbookLines implements Lines {
    /** What Excel itself keeps; further digits are noise of binary fractions. */
    private static final MathContext EXCEL_DIGITS = new MathContext(15);

    private static final int EXPONENT_MAX = 30;

    /** Excel writes 24 at most; to read tens of thousands takes milliseconds, cell after cell. */
    private static final int NUMBER_CHARS_MAX = 40;

    private final Workbook workbook;
    private final List<String> sharedTexts;
    private final XMLStreamReader sheet;
    private int number;
    private @Nullable Line upcoming;

    private WorkbookLines(Workbook workbook, List<String> sharedTexts, XMLStreamReader sheet) {
        this.workbook = workbook;
        this.sharedTexts = sharedTexts;
        this.sheet = sheet;
    }

    static WorkbookLines open(Path file) throws IOException {
        Workbook workbook = Workbook.open(file);
        try {
            WorkbookLines lines =
                    new WorkbookLines(workbook, workbook.sharedTexts(), workbook.sheet());
            lines.upcoming = lines.read();
            return lines;
        } catch (IOException | RuntimeException fault) {
            workbook.close();
            throw fault;
        }
    }

    @Override
    public boolean hasNext() {
        return upcoming != null;
    }

    @Override
    public Line next() {
        Line line = upcoming;
        if (line == null) {
            throw new NoSuchElementException();
        }
        upcoming = read();
        return line;
    }

    private @Nullable Line read() {
        try {
            return Workbook.goTo(sheet, "row") ? row() : null;
        } catch (UnreadableFile fault) {
            throw fault;
        } catch (XMLStreamException | RuntimeException fault) {
            // The XML parser reports some damage by runtime exceptions of its own.
            throw Workbook.malformed();
        }
    }

    private Line row() throws XMLStreamException {
        String written = sheet.getAttributeValue(null, "r");
        int position = written == null ? number + 1 : Integer.parseInt(written);
        if (position <= number) {
            throw Workbook.malformed();
        }
        number = position;
        List<String> cells = new ArrayList<>();
        int column = -1;
        while (Workbook.goToWithin(sheet, "c", "row")) {
            String address = sheet.getAttributeValue(null, "r");
            column = address == null ? column + 1 : column(address);
            String text = cell();
            // A column number is only trusted so far: padding up to a forged one fills the memory.
            if (column < COLUMNS_MAX) {
                place(cells, column, text);
            }
        }
        return new Line(number, List.copyOf(cells));
    }

    /** Columns are counted in letters: A is 0, Z is 25, AA is 26. */
    private static int column(String address) {
        int column = 0;
        for (int index = 0; index < address.length() && column < COLUMNS_MAX; index++) {
            char letter = address.charAt(index);
            if (letter < 'A' || letter > 'Z') {
                break;
            }
            column = column * 26 + letter - 'A' + 1;
        }
        if (column == 0) {
            throw Workbook.malformed();
        }
        return column - 1;
    }

    private static void place(List<String> cells, int column, String text) {
        while (cells.size() <= column) {
            cells.add("");
        }
        cells.set(column, text);
    }

    private String cell() throws XMLStreamException {
        String type = sheet.getAttributeValue(null, "t");
        StringBuilder value = new StringBuilder();
        while (sheet.next() != XMLStreamConstants.END_ELEMENT
                || !sheet.getLocalName().equals("c")) {
            if (!sheet.isStartElement()) {
                continue;
            }
            switch (sheet.getLocalName()) {
                case "v", "t" -> value.append(Workbook.text(sheet));
                case "f", "rPh" -> Workbook.skip(sheet);
                default -> {}
            }
        }
        return text(type, value.toString());
    }

    private String text(@Nullable String type, String value) {
        if (type == null || type.equals("n")) {
            return number(value);
        }
        return type.equals("s") && !value.isBlank() ? sharedText(value) : value;
    }

    private String sharedText(String index) {
        int position = Integer.parseInt(index.strip());
        if (position < 0 || position >= sharedTexts.size()) {
            throw Workbook.malformed();
        }
        return sharedTexts.get(position);
    }

    private static String number(String value) {
        if (value.length() > NUMBER_CHARS_MAX) {
            return value;
        }
        try {
            BigDecimal number = new BigDecimal(value.strip()).round(EXCEL_DIGITS);
            boolean plain = Math.abs((long) number.precision() - number.scale()) <= EXPONENT_MAX;
            return plain ? number.stripTrailingZeros().toPlainString() : value;
        } catch (NumberFormatException | ArithmeticException notANumber) {
            return value;
        }
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
