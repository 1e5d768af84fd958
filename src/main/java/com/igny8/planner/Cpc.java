package com.igny8.planner;

import java.math.BigDecimal;

/** Cost per click, kept as whole millionths of the currency unit, shown as a decimal number. */
final class Cpc {
    private static final int MICRO_DIGITS = 6;
    private static final int CENT_DIGITS = 2;

    private Cpc() {}

    /** With two decimals at least, more only where they say something: 1.50, 0.015. */
    static BigDecimal ofMicros(long micros) {
        BigDecimal exact = BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros();
        return exact.scale() < CENT_DIGITS ? exact.setScale(CENT_DIGITS) : exact;
    }
}
