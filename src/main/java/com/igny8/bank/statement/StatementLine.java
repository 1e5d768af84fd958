package com.igny8.bank.statement;

import com.igny8.kernel.Money;

import java.time.LocalDate;

/**
 * Money that came in.
 *
 * @param row where it stands in the file, from 1
 */
public record StatementLine(
        int row, LocalDate bookedOn, Money amount, String payerName, String purpose) {
    public static final int MAX_NAME = 200;
    public static final int MAX_PURPOSE = 500;

    public StatementLine {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("A line of " + amount);
        }
        payerName = shortened(payerName, MAX_NAME);
        purpose = shortened(purpose, MAX_PURPOSE);
    }

    /** As one line, without what no terminal should be sent. */
    private static String shortened(String text, int most) {
        String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (plain.length() <= most) {
            return plain;
        }
        int end = Character.isHighSurrogate(plain.charAt(most - 1)) ? most - 1 : most;
        return plain.substring(0, end);
    }
}
