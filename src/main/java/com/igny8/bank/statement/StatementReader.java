package com.igny8.bank.statement;

import com.igny8.kernel.Problem;

/** Reads a file of a bank, in whichever of the formats it is. */
public final class StatementReader {
    public static final int MAX_BYTES = 5 * 1024 * 1024;
    static final int MAX_ROWS = 20_000;

    private StatementReader() {}

    /**
     * Everything in the file that can be understood, and what cannot, row by row.
     *
     * @param usualCurrency of amounts that do not say theirs
     */
    public static StatementRead read(
            byte[] content, StatementColumns columns, String usualCurrency) {
        if (content.length > MAX_BYTES) {
            throw Problem.of(413, "file_too_large", "The file is larger than 5 MB");
        }
        String text = StatementValues.text(content);
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw Problem.invalid("file", "This is no statement: send CSV or MT940");
        }
        return Mt940.START.matcher(text).find()
                ? Mt940.read(text, usualCurrency)
                : StatementTable.read(text, columns, usualCurrency);
    }

    static Problem tooLong() {
        return Problem.invalid(
                "file", "The file has more than %,d rows: split it".formatted(MAX_ROWS));
    }
}
