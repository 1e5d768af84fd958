package com.igny8.bank.statement;

import java.util.Locale;

/** How a bank tells of money. */
public enum StatementFormat {
    /** CAMT.053 as banks export it for spreadsheets. */
    CAMT_CSV("CAMT as CSV"),
    MT940("MT940"),
    /** Any table whose columns somebody named. */
    CSV("CSV");

    private final String label;

    StatementFormat(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
