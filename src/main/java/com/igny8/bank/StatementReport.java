package com.igny8.bank;

import java.util.List;

/**
 * What came of a file of the bank.
 *
 * @param format in words
 * @param incoming lines of money that came in
 * @param fresh those of them that were not imported before
 * @param outgoing lines of money that went out, which are left out
 */
public record StatementReport(
        String format, int incoming, int fresh, int outgoing, List<Fault> faults) {

    /** What could not be read; row from 1. */
    public record Fault(int row, String field, String error) {}

    public int duplicates() {
        return incoming - fresh;
    }
}
