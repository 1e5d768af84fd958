package com.igny8.account;

import java.util.Locale;

/** Where an account is in its life. */
public enum AccountStatus {
    TRIAL,
    ACTIVE,
    SUSPENDED,
    CANCELLED,
    PENDING_PAYMENT;

    /** As in the database and in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AccountStatus of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
