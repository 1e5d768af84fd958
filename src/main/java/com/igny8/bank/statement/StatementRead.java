package com.igny8.bank.statement;

import java.util.List;

/**
 * What came of a file.
 *
 * @param outgoing how many lines tell of money that went out, which is nobody's payment
 */
public record StatementRead(
        StatementFormat format,
        List<StatementLine> lines,
        int outgoing,
        List<StatementFault> faults) {
    public StatementRead {
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
    }
}
