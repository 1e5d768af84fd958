package com.igny8.payment;

import java.util.Locale;

/** What became of money that goes back. */
public enum RefundStatus {
    PENDING,
    SUCCEEDED,
    FAILED;

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RefundStatus of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
