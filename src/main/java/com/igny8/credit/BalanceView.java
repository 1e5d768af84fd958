package com.igny8.credit;

/** A balance as programs are told. */
public record BalanceView(long balance, long held, long available) {
    public static BalanceView of(Balance balance) {
        return new BalanceView(balance.balance(), balance.held(), balance.available());
    }
}
