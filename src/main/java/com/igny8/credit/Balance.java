package com.igny8.credit;

/** How an account stands, in whole credits. */
public record Balance(long balance, long held) {
    public Balance {
        if (held < 0 || balance < held) {
            throw new IllegalArgumentException("Held " + held + " of " + balance);
        }
    }

    public long available() {
        return balance - held;
    }
}
